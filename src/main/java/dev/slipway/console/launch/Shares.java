package dev.slipway.console.launch;

import dev.slipway.api.launch.Launch;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The three shares of the new pool: what is meant, what the router says, what the traffic shows.
public final class Shares {
    private final Wording words;
    private final ReadOnlyObjectWrapper<Figure> intended = figure("intended");
    private final ReadOnlyObjectWrapper<Figure> reported = figure("reported");
    private final ReadOnlyObjectWrapper<Figure> measured = figure("measured");

    Shares(Wording words) {
        this.words = words;
    }

    void show(Launch fresh) {
        intended.set(new Figure((double) fresh.intended(), words.say("launch.intended.note")));
        Integer router = fresh.reported();
        reported.set(
                router == null
                        ? new Figure(null, words.say("launch.reported.unknown", fresh.router()))
                        : new Figure(
                                router.doubleValue(),
                                words.say("launch.reported.note", fresh.router())));
        measured.set(
                new Figure(
                        fresh.measured(),
                        words.say(
                                fresh.measured() == null
                                        ? "launch.measured.tooFew"
                                        : "launch.measured.note",
                                Figures.count(fresh.measuredN()))));
    }

    private ReadOnlyObjectWrapper<Figure> figure(String name) {
        return new ReadOnlyObjectWrapper<>(this, name, new Figure(null, ""));
    }

    public ReadOnlyObjectProperty<Figure> intended() {
        return intended.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Figure> reported() {
        return reported.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Figure> measured() {
        return measured.getReadOnlyProperty();
    }
}
