/// Benchmarks: run by hand with `-Pbench`, never as tests.
@NullMarked
package dev.slipway.bench;

import org.jspecify.annotations.NullMarked;
