@NullMarked
package dev.slipway.backend.tasks.export;

import org.jspecify.annotations.NullMarked;
