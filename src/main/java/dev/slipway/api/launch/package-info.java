/// How traffic is split.
@NullMarked
package dev.slipway.api.launch;

import org.jspecify.annotations.NullMarked;
