@NullMarked
package dev.slipway.api.queues;

import org.jspecify.annotations.NullMarked;
