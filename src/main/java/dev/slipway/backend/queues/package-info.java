/// Jobs, their queue and the workers that run them.
@NullMarked
package dev.slipway.backend.queues;

import org.jspecify.annotations.NullMarked;
