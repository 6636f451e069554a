/// `slipway migrate` and its subcommands: migrations without a backend.
@NullMarked
package dev.slipway.backend.migration.command;

import org.jspecify.annotations.NullMarked;
