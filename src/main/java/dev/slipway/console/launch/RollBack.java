package dev.slipway.console.launch;

import dev.slipway.api.Reason;
import dev.slipway.api.launch.Launch;
import dev.slipway.client.http.Problem;
import dev.slipway.console.fx.Background;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Takes all traffic back to legacy. It asks nothing, waits for no other command, and may be
/// pressed again while an answer is outstanding: on a bad line the second attempt may be the one
/// that arrives.
public final class RollBack {

    /// What became of it.
    public sealed interface Outcome {
        record None() implements Outcome {}

        record Asking(Instant since) implements Outcome {}

        record Done(Launch launch, Duration took) implements Outcome {}

        record Failed(Problem problem) implements Outcome {}
    }

    private final LaunchCommands commands;
    private final Background background;
    private final InstantSource clock;
    private final ReadOnlyObjectWrapper<Outcome> outcome =
            new ReadOnlyObjectWrapper<>(this, "outcome", new Outcome.None());
    private int outstanding;

    public RollBack(LaunchCommands commands, Background background, InstantSource clock) {
        this.commands = commands;
        this.background = background;
        this.clock = clock;
    }

    public ReadOnlyObjectProperty<Outcome> outcome() {
        return outcome.getReadOnlyProperty();
    }

    /// @param reason for the audit log; may be empty
    public void press(String reason) {
        Instant pressed = clock.instant();
        outstanding++;
        outcome.set(new Outcome.Asking(pressed));
        background
                .run(() -> commands.rollBack(new Reason(reason)))
                .onSuccess(launch -> done(launch, pressed))
                .onProblem(this::failed);
    }

    private void done(Launch launch, Instant pressed) {
        outstanding--;
        outcome.set(new Outcome.Done(launch, Duration.between(pressed, clock.instant())));
    }

    /// An attempt that failed says so only when no other is still on its way and none got through.
    private void failed(Problem problem) {
        outstanding--;
        if (outstanding == 0 && outcome.get() instanceof Outcome.Asking) {
            outcome.set(new Outcome.Failed(problem));
        }
    }
}
