/// How a backend is asked over HTTP: whom to trust, what makes a command safe to send, how its
/// answers are read, and what every kind of failure means to a person. Nothing here knows a
/// feature.
@NullMarked
package dev.slipway.client.http;

import org.jspecify.annotations.NullMarked;
