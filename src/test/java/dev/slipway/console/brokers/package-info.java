/// The screen of brokers.
@NullMarked
package dev.slipway.console.brokers;

import org.jspecify.annotations.NullMarked;
