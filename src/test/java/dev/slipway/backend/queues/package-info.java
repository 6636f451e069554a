@NullMarked
package dev.slipway.backend.queues;

import org.jspecify.annotations.NullMarked;
