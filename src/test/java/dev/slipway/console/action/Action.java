package dev.slipway.console.action;

import dev.slipway.console.shell.Screen;
import dev.slipway.testing.Workplace;

import javafx.scene.input.KeyCode;

/// Something that a person can do on a screen: how it is reached without a mouse, and what must
/// come of it.
///
/// @param id the control's
/// @param button the button that says whether it can be done now, or empty if none does
/// @param how the keys, where the control has several ways; empty for Tab and Space
/// @param given makes the screen such that it can be done
/// @param keys does it
/// @param effect what comes of it
/// @param asks whether it asks for confirmation before
record Action(
        Screen screen,
        String id,
        String button,
        String how,
        Step given,
        Step keys,
        Effect effect,
        boolean asks) {

    /// Does something by keyboard.
    @FunctionalInterface
    interface Step {
        void at(Workplace place) throws Exception;

        default Step then(Step next) {
            return place -> {
                at(place);
                next.at(place);
            };
        }
    }

    /// Looks at the screen, on the UI thread.
    @FunctionalInterface
    interface Look {
        boolean at(Workplace place) throws Exception;
    }

    /// What comes of an action.
    sealed interface Effect {
        /// A command to the backend.
        ///
        /// @param request its method and path
        /// @param answer what the backend says when it is done
        /// @param tells the node that says what went wrong, or empty if a notice does
        /// @param alwaysOpen whether it may be tried without a backend
        record Command(String request, Object answer, String tells, boolean alwaysOpen)
                implements Effect {}

        /// A question to the backend that a person asks.
        record Question(String request) implements Effect {}

        /// Something that can be seen on the screen afterwards and not before; needs no backend.
        record Seen(Look look) implements Effect {}
    }

    static Action on(Screen screen, String id) {
        return new Action(
                screen,
                id,
                id,
                "",
                _ -> {},
                place -> place.keys().tabTo(id).press(KeyCode.SPACE),
                new Effect.Seen(_ -> false),
                false);
    }

    /// The keys act elsewhere than on the button that does the same.
    Action like(String sameButton) {
        return new Action(screen, id, sameButton, how, given, keys, effect, asks);
    }

    Action given(Step step) {
        return new Action(screen, id, button, how, step, keys, effect, asks);
    }

    /// @param called for the test's name
    Action by(String called, Step step) {
        return new Action(screen, id, button, called, given, step, effect, asks);
    }

    /// By a key or chord while the control has the focus.
    Action by(KeyCode key, KeyCode... held) {
        return by(key.getName(), place -> place.keys().tabTo(id).press(key, held));
    }

    /// By a chord, wherever the focus is.
    Action byChord(String chord, KeyCode key, KeyCode... held) {
        return by(chord, place -> place.keys().press(key, held));
    }

    Action commands(String request, Object answer) {
        return effect(new Effect.Command(request, answer, "", false));
    }

    Action commands(String request, Object answer, String tells, boolean alwaysOpen) {
        return effect(new Effect.Command(request, answer, tells, alwaysOpen));
    }

    Action questions(String request) {
        return effect(new Effect.Question(request));
    }

    Action shows(Look look) {
        return effect(new Effect.Seen(look));
    }

    private Action effect(Effect other) {
        return new Action(screen, id, button, how, given, keys, other, asks);
    }

    /// Asks for confirmation before it does anything.
    Action asking() {
        return new Action(screen, id, button, how, given, keys, effect, true);
    }

    @Override
    public String toString() {
        return screen + " " + id + (how.isEmpty() ? "" : " by " + how);
    }
}
