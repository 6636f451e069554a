package dev.slipway.console.schedules;

import dev.slipway.console.command.Confirmation;

import java.util.function.Consumer;

/// A question, and what it asks for: that is done however the choice changes meanwhile.
///
/// @param act given the reason, which is empty if none was asked for
public record Asked(Confirmation question, Consumer<String> act) {}
