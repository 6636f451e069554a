/// Data exports, product pictures, and what jobs cost.
@NullMarked
package dev.slipway.api.tasks;

import org.jspecify.annotations.NullMarked;
