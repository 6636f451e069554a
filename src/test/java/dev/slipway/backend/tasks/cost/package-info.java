@NullMarked
package dev.slipway.backend.tasks.cost;

import org.jspecify.annotations.NullMarked;
