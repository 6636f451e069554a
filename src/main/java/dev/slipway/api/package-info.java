/// The contract between console and backend: records and paths, JDK only. Another team could
/// implement it in another language.
@NullMarked
package dev.slipway.api;

import org.jspecify.annotations.NullMarked;
