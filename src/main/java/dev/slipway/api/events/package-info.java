/// The live stream.
@NullMarked
package dev.slipway.api.events;

import org.jspecify.annotations.NullMarked;
