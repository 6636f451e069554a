package dev.slipway.console.queues;

import dev.slipway.api.queues.FailureGroup;
import dev.slipway.api.queues.JobState;
import dev.slipway.client.calls.JobQuery;
import dev.slipway.console.command.Wording;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.stream.Stream;

/// What jobs are filtered by, as it is typed and chosen.
public final class JobFilterViewModel {
    private final InstantSource clock;
    private final Wording words;
    private final StringProperty queue = new SimpleStringProperty(this, "queue", "");
    private final StringProperty type = new SimpleStringProperty(this, "type", "");
    private final ObjectProperty<@Nullable JobState> state =
            new SimpleObjectProperty<>(this, "state", null);
    private final StringProperty text = new SimpleStringProperty(this, "text", "");
    private final StringProperty fingerprint = new SimpleStringProperty(this, "fingerprint", "");
    private final StringProperty from = new SimpleStringProperty(this, "from", "");
    private final StringProperty to = new SimpleStringProperty(this, "to", "");

    /// Held here because JavaFX holds bindings weakly.
    private final StringBinding problem;

    JobFilterViewModel(InstantSource clock, Wording words) {
        this.clock = clock;
        this.words = words;
        this.problem = Bindings.createStringBinding(this::wrong, from, to);
    }

    private String wrong() {
        return Stream.of(from, to)
                .map(StringProperty::get)
                .filter(typed -> !typed.isBlank() && moment(typed) == null)
                .findFirst()
                .map(typed -> words.say("jobs.noMoment", typed))
                .orElse("");
    }

    /// The filters as they now stand.
    JobQuery query() {
        return new JobQuery(
                orNull(queue.get()),
                orNull(type.get()),
                state.get(),
                orNull(fingerprint.get()),
                orNull(text.get()),
                moment(from.get()),
                moment(to.get()));
    }

    void showFault(String fault) {
        clear();
        state.set(JobState.DEAD);
        fingerprint.set(fault);
    }

    void clear() {
        Stream.of(queue, type, text, fingerprint, from, to).forEach(field -> field.set(""));
        state.set(null);
    }

    private @Nullable Instant moment(String typed) {
        return typed.isBlank()
                ? null
                : Moment.of(typed, clock.instant(), ZoneId.systemDefault()).orElse(null);
    }

    private static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /// What is wrong with a time that was typed; empty if nothing is.
    public ObservableValue<String> problem() {
        return problem;
    }

    public StringProperty queue() {
        return queue;
    }

    public StringProperty type() {
        return type;
    }

    public ObjectProperty<@Nullable JobState> state() {
        return state;
    }

    public StringProperty text() {
        return text;
    }

    /// The [FailureGroup] whose dead jobs are shown, or empty.
    public StringProperty fingerprint() {
        return fingerprint;
    }

    /// They ended then or later.
    public StringProperty from() {
        return from;
    }

    /// They ended before then.
    public StringProperty to() {
        return to;
    }
}
