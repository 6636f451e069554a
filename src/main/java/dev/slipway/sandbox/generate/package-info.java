/// Makes a legacy database from a seed: the same seed and size give the same rows on every machine,
/// and a manifest counts each anomaly that was planted.
@NullMarked
package dev.slipway.sandbox.generate;

import org.jspecify.annotations.NullMarked;
