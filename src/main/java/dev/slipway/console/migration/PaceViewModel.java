package dev.slipway.console.migration;

import dev.slipway.api.access.Role;
import dev.slipway.api.migration.Pace;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunTiming;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// When the run that is looked at reads and how fast: why it waits, its window and limits, and the
/// pace that can be changed while it goes on.
public final class PaceViewModel {
    private static final int MOST_CHUNK_ROWS = 100_000;

    private final MigrationCommands commands;
    private final Commander commander;
    private final InstantSource clock;
    private final Wording words;
    private final ReadOnlyObjectProperty<@Nullable Run> run;
    private final Consumer<Run> changed;
    private final StringProperty rate = new SimpleStringProperty(this, "rate", "");
    private final StringProperty chunk = new SimpleStringProperty(this, "chunk", "");
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper(this, "problem", "");
    private final ReadOnlyStringWrapper waiting = new ReadOnlyStringWrapper(this, "waiting", "");
    private final ReadOnlyStringWrapper limits = new ReadOnlyStringWrapper(this, "limits", "");
    private final Gate gate;
    private String shownRun = "";
    private Pace shown = Pace.OF_PLAN;

    /// @param run that is looked at
    /// @param changed takes it with its new pace
    PaceViewModel(
            MigrationCommands commands,
            Commander commander,
            Access access,
            InstantSource clock,
            Wording words,
            ReadOnlyObjectProperty<@Nullable Run> run,
            Consumer<Run> changed) {
        this.commands = commands;
        this.commander = commander;
        this.clock = clock;
        this.words = words;
        this.run = run;
        this.changed = changed;
        this.gate =
                access.to(Role.OPERATOR, Role.ONCALL)
                        .also(commander.busy())
                        .also(Bindings.createStringBinding(this::over, run));
        run.addListener((_, _, now) -> lookAt(now));
        rate.addListener(_ -> problem.set(""));
        chunk.addListener(_ -> problem.set(""));
        lookAt(run.get());
    }

    private String over() {
        Run now = run.get();
        if (now == null) {
            return words.say("run.none");
        }
        return now.state().ended() ? words.say("pace.over", words.of("runState", now.state())) : "";
    }

    private void lookAt(@Nullable Run now) {
        Pace pace = now == null ? Pace.OF_PLAN : now.timing().pace();
        String id = now == null ? "" : now.id();
        // what someone is typing is not written over by the same run's news
        if (!id.equals(shownRun) || !pace.equals(shown)) {
            shownRun = id;
            shown = pace;
            rate.set(TypedPace.text(pace.rowsPerSecond()));
            chunk.set(TypedPace.text(pace.chunkRows()));
            problem.set("");
        }
        tick();
    }

    /// Brings ages up to date; called every second.
    public void tick() {
        Run now = run.get();
        RunTiming timing = now == null ? RunTiming.NONE : now.timing();
        waiting.set(waiting(timing));
        limits.set(limits(timing));
    }

    private String waiting(RunTiming timing) {
        var why = timing.waiting();
        if (why == null) {
            return "";
        }
        Instant now = clock.instant();
        String since = Figures.age(why.since(), now);
        return why.until() == null
                ? words.say("pace.waiting", why.reason(), since)
                : words.say(
                        "pace.waitingUntil",
                        why.reason(),
                        Figures.moment(why.until(), now),
                        Figures.duration(Duration.between(now, why.until())));
    }

    private String limits(RunTiming timing) {
        Instant now = clock.instant();
        List<String> parts = new ArrayList<>();
        if (!timing.throttle().isEmpty()) {
            parts.add(
                    timing.window().isEmpty()
                            ? words.say("pace.always")
                            : words.say("pace.window", timing.window()));
            parts.add(words.say("pace.throttle", timing.throttle()));
        }
        if (timing.closesAt() != null) {
            parts.add(words.say("pace.closes", Figures.moment(timing.closesAt(), now)));
        }
        if (timing.endsAt() != null) {
            parts.add(words.say("pace.ends", Figures.moment(timing.endsAt(), now)));
        }
        return String.join(" \u00b7 ", parts);
    }

    /// Sets the pace that was typed; what is left empty is as the plan says.
    public void set() {
        Run now = run.get();
        if (now == null || !gate.open()) {
            return;
        }
        OptionalInt rows = number(rate.get(), TypedPace.MOST_ROWS_PER_SECOND, "pace.rate");
        OptionalInt size = number(chunk.get(), MOST_CHUNK_ROWS, "pace.chunk");
        if (rows.isPresent() && size.isPresent()) {
            var pace = new Pace(rows.getAsInt(), size.getAsInt());
            commander.give(() -> commands.pace(now.id(), pace), changed);
        }
    }

    private OptionalInt number(String typed, int most, String key) {
        return TypedPace.read(typed, most, key, words, problem::set);
    }

    /// Rows per second as typed; empty: as the plan says.
    public StringProperty rate() {
        return rate;
    }

    /// Rows per chunk as typed; empty: as the plan says.
    public StringProperty chunk() {
        return chunk;
    }

    /// What is wrong with what was typed; or empty.
    public ReadOnlyStringProperty problem() {
        return problem.getReadOnlyProperty();
    }

    /// Why the run waits, since when and until when; empty if it does not.
    public ReadOnlyStringProperty waiting() {
        return waiting.getReadOnlyProperty();
    }

    /// Window, throttle, closing and end.
    public ReadOnlyStringProperty limits() {
        return limits.getReadOnlyProperty();
    }

    public Gate gate() {
        return gate;
    }
}
