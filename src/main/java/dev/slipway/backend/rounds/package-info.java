/// What a process looks after again and again while it runs: each in turn on a thread of its own.
@NullMarked
package dev.slipway.backend.rounds;

import org.jspecify.annotations.NullMarked;
