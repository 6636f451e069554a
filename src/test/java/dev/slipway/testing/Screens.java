package dev.slipway.testing;

import dev.slipway.api.Health;
import dev.slipway.api.ProblemDetail;
import dev.slipway.api.access.Role;
import dev.slipway.api.access.Session;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.client.offline.ConnectionState;
import dev.slipway.console.ConsoleWiring;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.Background;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// What a view model needs, without a toolkit: the test's own thread is the UI thread, and does the
/// UI's work while it waits.
public final class Screens {
    public static final Instant NOW = Instant.parse("2026-11-22T03:04:05Z");

    private final BlockingQueue<Runnable> uiWork = new LinkedBlockingQueue<>();
    private final ObjectProperty<ConnectionState> connection =
            new SimpleObjectProperty<>(new ConnectionState.Connecting(""));

    public final Wording words = new Wording(ConsoleWiring.texts());
    public final Background background = new Background(uiWork::add);
    public final Access access = new Access(connection, words);
    public final List<Problem> problems = new ArrayList<>();
    public final Commander commander = new Commander(background, problems::add, "busy");
    public final Commander loader = new Commander(background, problems::add, "loading");

    public Screens online(Role role) {
        return online(role, false);
    }

    public Screens online(Role role, boolean production) {
        connection.set(
                new ConnectionState.Online(
                        new Health(
                                true,
                                "0.1.0",
                                production ? "shop-live" : "sandbox",
                                "#1f6feb",
                                production,
                                "e",
                                5,
                                NOW,
                                NOW),
                        new Session(null, "ada", role, NOW.plusSeconds(3_600))));
        return this;
    }

    public Screens offline() {
        connection.set(new ConnectionState.Offline(NOW.minusSeconds(42), "Connection refused."));
        return this;
    }

    /// Does the UI's work until something holds.
    public void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not come about within 10 s");
            }
            Optional.ofNullable(uiWork.poll(20, TimeUnit.MILLISECONDS)).ifPresent(Runnable::run);
        }
    }

    /// Waits for the command that was just given.
    public void answered() throws InterruptedException {
        await(() -> commander.busy().get().isEmpty() && loader.busy().get().isEmpty());
    }

    /// A refusal as the backend words it.
    public static ProblemException refused(int status, String detail) {
        return new ProblemException(
                new Problem.Rejected(
                        new ProblemDetail(
                                "urn:slipway:problem:conflict",
                                "Conflict",
                                status,
                                detail,
                                "p-1",
                                List.of())));
    }

    public static ProblemException unreachable() {
        return new ProblemException(new Problem.Offline("Connection refused."));
    }
}
