/// How traffic is split: intended, reported and measured.
@NullMarked
package dev.slipway.backend.launch;

import org.jspecify.annotations.NullMarked;
