/// The queues of the shop's own brokers, and what lies in their dead-letter queues.
@NullMarked
package dev.slipway.api.brokers;

import org.jspecify.annotations.NullMarked;
