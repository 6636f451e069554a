@NullMarked
package dev.slipway.backend.tasks.picture;

import org.jspecify.annotations.NullMarked;
