@NullMarked
package dev.slipway.backend.queues.dispatch;

import org.jspecify.annotations.NullMarked;
