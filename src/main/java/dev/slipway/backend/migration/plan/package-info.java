/// The plan language: what a plan says, read from YAML and checked as it is read.
@NullMarked
package dev.slipway.backend.migration.plan;

import org.jspecify.annotations.NullMarked;
