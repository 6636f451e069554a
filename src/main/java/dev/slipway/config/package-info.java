/// YAML read with its line numbers, and the one configuration file. Every process reads it; it
/// imports nothing of ours.
@NullMarked
package dev.slipway.config;

import org.jspecify.annotations.NullMarked;
