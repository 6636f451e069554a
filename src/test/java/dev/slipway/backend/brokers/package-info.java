/// Against a real RabbitMQ, and against answers that none should give.
@NullMarked
package dev.slipway.backend.brokers;

import org.jspecify.annotations.NullMarked;
