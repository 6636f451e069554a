/// The door to a backend: one object that knows where it is and who is logged in, and hands out
/// what each of its features can be asked. Behind it [dev.slipway.client.http] carries the
/// questions, in front of it [dev.slipway.client.live] keeps [dev.slipway.client.offline] as the
/// backend is, and [dev.slipway.client.kept] asks that.
@NullMarked
package dev.slipway.client;

import org.jspecify.annotations.NullMarked;
