/// The live stream: one tailer of the event log, and every client that listens.
@NullMarked
package dev.slipway.backend.stream;

import org.jspecify.annotations.NullMarked;
