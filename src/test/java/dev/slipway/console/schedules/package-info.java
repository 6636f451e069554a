@org.jspecify.annotations.NullMarked
package dev.slipway.console.schedules;
