/// Keeps a target up to date after the copy: what the source's log names is read again by its key
/// and brought over by the same plan.
@NullMarked
package dev.slipway.backend.migration.sync;

import org.jspecify.annotations.NullMarked;
