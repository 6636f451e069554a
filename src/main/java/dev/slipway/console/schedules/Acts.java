package dev.slipway.console.schedules;

import dev.slipway.api.access.Role;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Confirmation;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;

import javafx.beans.Observable;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;

import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What all that can be done to the chosen schedule has in common: who may, one at a time, and what
/// is told of it afterwards.
final class Acts {
    static final Role[] SOME = {Role.OPERATOR, Role.ONCALL, Role.FINANCE};

    private final Choice choice;
    private final Commander commander;
    private final Access access;
    private final Wording words;
    private final Consumer<String> tell;
    private final Gate may;
    private final Gate chosen;
    private final Gate mayWithChosen;

    /// @param tell shows what came about
    Acts(Choice choice, Commander commander, Access access, Wording words, Consumer<String> tell) {
        this.choice = choice;
        this.commander = commander;
        this.access = access;
        this.words = words;
        this.tell = tell;
        this.chosen = Gate.of(text(this::noneSelected, choice.selected()));
        this.may = access.to(SOME).also(commander.busy());
        this.mayWithChosen = may.also(chosen.reason());
    }

    private String noneSelected() {
        return choice.selected().get() == null ? words.say("schedules.noneSelected") : "";
    }

    /// Whether one is selected: an edit is begun without a backend too, and kept until there is
    /// one.
    Gate chosen() {
        return chosen;
    }

    /// Whether something can be done to the selected one.
    Gate open() {
        return mayWithChosen;
    }

    /// The same, where it takes more than that.
    ///
    /// @param why what is in the way, or empty
    /// @param of what the answer depends on
    Gate open(Supplier<String> why, Observable... of) {
        return mayWithChosen.also(text(why, of));
    }

    private static ObservableValue<String> text(Supplier<String> said, Observable... of) {
        return Bindings.createStringBinding(said::get, of);
    }

    /// A question about an act; its place is the backend.
    ///
    /// @param withReason whether a reason is asked for with it
    Confirmation question(String title, String text, String verb, boolean withReason) {
        return new Confirmation(title, text, verb, access.place(), withReason);
    }

    /// Does what was confirmed, if it still may be done: the choice can be another by now.
    <T> void giveConfirmed(Callable<T> command, Consumer<T> done) {
        if (may.open()) {
            commander.give(command, done);
        }
    }

    <T> void give(Callable<T> command, Consumer<T> done) {
        commander.give(command, done);
    }

    /// Tells what came about. The reason was for this act alone.
    void done(String key, Object... figures) {
        choice.reason().set("");
        tell.accept(words.say(key, figures));
    }
}
