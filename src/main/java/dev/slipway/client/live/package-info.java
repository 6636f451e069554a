/// Keeps what the console knows as the backend is: a snapshot, the changes after it, and the way
/// back to them whenever the line breaks.
@NullMarked
package dev.slipway.client.live;

import org.jspecify.annotations.NullMarked;
