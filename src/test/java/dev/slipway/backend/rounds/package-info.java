@org.jspecify.annotations.NullMarked
package dev.slipway.backend.rounds;
