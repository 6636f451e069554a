/// The shop's own brokers: what their queues hold, and the way back for dead-lettered messages.
@NullMarked
package dev.slipway.backend.brokers;

import org.jspecify.annotations.NullMarked;
