package dev.slipway.console.command;

import dev.slipway.console.command.Access.Place;

/// What must be confirmed before a dangerous act.
///
/// @param title the act and its object, as a question
/// @param consequence what it does and what can't be taken back
/// @param verb the text of the button that does it
/// @param asksReason whether a reason must be given
public record Confirmation(
        String title, String consequence, String verb, Place place, boolean asksReason) {

    /// Whether what was typed suffices.
    public boolean complete(String typedEnvironment, String reason) {
        boolean named = !place.production() || typedEnvironment.strip().equals(place.environment());
        return named && (!asksReason || !reason.isBlank());
    }
}
