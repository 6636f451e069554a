/// What the offline store can be asked: for each feature, what is kept of it. What
/// [dev.slipway.client.calls] are to the backend, these are to the store.
@NullMarked
package dev.slipway.client.kept;

import org.jspecify.annotations.NullMarked;
