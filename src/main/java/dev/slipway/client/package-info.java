/// What the console knows of the backend: its routes over HTTP and its live stream.
@NullMarked
package dev.slipway.client;

import org.jspecify.annotations.NullMarked;
