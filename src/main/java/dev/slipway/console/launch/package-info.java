/// Where the traffic goes, and the one chord that takes it back.
@NullMarked
package dev.slipway.console.launch;

import org.jspecify.annotations.NullMarked;
