/// The shop's own brokers: their queues, and the way back for dead-lettered messages.
@NullMarked
package dev.slipway.console.brokers;

import org.jspecify.annotations.NullMarked;
