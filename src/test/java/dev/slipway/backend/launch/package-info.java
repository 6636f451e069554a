@NullMarked
package dev.slipway.backend.launch;

import org.jspecify.annotations.NullMarked;
