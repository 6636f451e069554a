package dev.slipway.console;

import static dev.slipway.testing.Eventually.eventually;
import static dev.slipway.testing.Workplace.closed;
import static dev.slipway.testing.Workplace.rows;
import static dev.slipway.testing.Workplace.shows;
import static dev.slipway.testing.Workplace.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.invoicing.InvoiceRunState;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.queues.JobState;
import dev.slipway.client.BackendClient;
import dev.slipway.client.BackendClient.TokenSource;
import dev.slipway.client.calls.JobQuery;
import dev.slipway.client.http.ProblemException;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.Keys;
import dev.slipway.testing.LiveWorld;

import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// The main job in a production environment, by keyboard alone, against a backend and a worker that
/// were started apart and over data that no test has prepared.
class KeyboardIT {
    private static final int LINES = 2_000;

    /// Before the first sale.
    private static final LocalDate EARLY = LocalDate.of(2026, 1, 5);

    @TempDir Path folder;
    private final Keys keys = new Keys();

    @Test
    void theMainJobIsDoneInProduction() throws Exception {
        try (var world = LiveWorld.start(folder.resolve("world"), LINES);
                var console =
                        ConsoleHarness.open(
                                folder.resolve("console"),
                                world.backend(),
                                TokenSource.NONE,
                                InstantSource.system())) {
            console.follow();
            BackendClient backend = console.wiring().context().client();
            logIn(console, world);
            discardAndRetry(console, backend, world);
            migrate(console, backend, world);
            LocalDate day = LocalDate.parse(one(world.shop(), BUSIEST_DAY));
            discardADraft(console, backend, day.minusDays(1));
            release(console, backend, day);
            shiftAndRollBack(console, backend);
            assertThat(one(world.shop(), "SELECT count(*) > 0 FROM order_lines")).isEqualTo("1");
            readTheAuditLog(console);
        }
    }

    private static final String BUSIEST_DAY =
            "SELECT substr(ordered_at, 1, 10) FROM order_lines WHERE ordered_at IS NOT NULL"
                    + " GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1";

    private void logIn(ConsoleHarness console, LiveWorld world) throws Exception {
        console.await(() -> shows("logInForm"));
        keys.tabTo("user").type("admin").press(KeyCode.ENTER);
        keys.type(world.adminSecret()).press(KeyCode.ENTER);
        console.await(() -> shows("newPassword"));
        keys.tabTo("newPassword").type("the-holiday-rush").press(KeyCode.ENTER);
        console.await(() -> !shows("banner"));
        console.await(() -> text("environment").equals(LiveWorld.ENVIRONMENT));
        assertThat(shows("production")).isTrue();
    }

    /// A job that nobody works on is given up and taken back.
    private void discardAndRetry(ConsoleHarness console, BackendClient backend, LiveWorld world)
            throws Exception {
        world.endWorker();
        draft(console, EARLY);
        eventually("the draft's job waits", () -> jobs(backend, JobState.READY) == 1);
        keys.press(KeyCode.DIGIT3, KeyCode.CONTROL);
        console.await(() -> rows("table") == 1);
        keys.tabTo("table").press(KeyCode.HOME);
        console.await(() -> !closed("discard"));
        keys.press(KeyCode.DELETE);
        console.await(() -> shows("confirm-reason"));
        keys.tabTo("confirm-reason").type("drafted too early");
        confirm();
        eventually("it is discarded", () -> jobs(backend, JobState.DISCARDED) == 1);

        console.await(() -> !closed("retry"));
        keys.tabTo("table").press(KeyCode.R, KeyCode.CONTROL);
        eventually("it waits again", () -> jobs(backend, JobState.READY) == 1);
        world.beginWorker();
        eventually("it is done", () -> is(backend, EARLY, InvoiceRunState.DRAFTED));
    }

    private void migrate(ConsoleHarness console, BackendClient backend, LiveWorld world)
            throws Exception {
        keys.press(KeyCode.DIGIT4, KeyCode.CONTROL);
        keys.tabTo("tabs").press(KeyCode.RIGHT).press(KeyCode.RIGHT).press(KeyCode.RIGHT);
        console.await(() -> !closed("start"));
        keys.tabTo("start").press(KeyCode.SPACE);
        eventually("the migration is validated", () -> is(backend, RunState.VALIDATED));

        Run run = backend.migrations().runs(null).items().getFirst();
        long written =
                run.steps().stream()
                        .filter(step -> step.name().equals("order-lines"))
                        .mapToLong(step -> step.written())
                        .sum();
        assertThat(one(world.shop(), "SELECT count(*) FROM order_lines"))
                .isEqualTo(String.valueOf(written));
        quarantine(console, backend, run);
        keys.tabTo("tabs").press(KeyCode.RIGHT).press(KeyCode.RIGHT);
        console.await(() -> text("why").contains("empty the plan's tables"));
        assertThat(closed("start")).isTrue();
    }

    private void quarantine(ConsoleHarness console, BackendClient backend, Run run)
            throws Exception {
        // the start has led to the steps, the first tab
        keys.tabTo("tabs").press(KeyCode.RIGHT);
        var reasons = backend.quarantine().reasons(run.id()).items();
        assertThat(reasons).isNotEmpty();
        console.await(() -> rows("reasons") == reasons.size());
        keys.tabTo("reasons").press(KeyCode.HOME);
        long wanted = Math.min(100, reasons.getFirst().rows());
        console.await(() -> rows("table") == wanted);
    }

    private void discardADraft(ConsoleHarness console, BackendClient backend, LocalDate day)
            throws Exception {
        draft(console, day);
        eventually("it is drafted", () -> is(backend, day, InvoiceRunState.DRAFTED));
        console.await(() -> text("title").contains(day.toString()) && !closed("discard"));
        keys.tabTo("discard").press(KeyCode.SPACE);
        console.await(() -> shows("confirm-reason"));
        keys.tabTo("confirm-reason").type("the wrong day");
        confirm();
        eventually("it is discarded", () -> is(backend, day, InvoiceRunState.DISCARDED));
    }

    private void release(ConsoleHarness console, BackendClient backend, LocalDate day)
            throws Exception {
        draft(console, day);
        eventually("it is drafted", () -> is(backend, day, InvoiceRunState.DRAFTED));
        console.await(() -> text("title").contains(day.toString()) && !closed("release"));
        keys.tabTo("release").press(KeyCode.SPACE);
        console.await(() -> shows("confirm-act"));
        assertThat(closed("confirm-act")).isTrue();
        confirm();
        eventually("it is released", () -> is(backend, day, InvoiceRunState.RELEASED));
        InvoiceRun run = of(backend, day).orElseThrow();
        assertThat(run.invoices()).isPositive();
        eventually(
                "every mail is sent",
                () -> of(backend, day).orElseThrow().sent() == run.invoices() - run.notSendable());
    }

    private void shiftAndRollBack(ConsoleHarness console, BackendClient backend) throws Exception {
        keys.press(KeyCode.DIGIT6, KeyCode.CONTROL);
        console.await(() -> !closed("hold"));
        keys.tabTo("step-25").press(KeyCode.SPACE);
        keys.tabTo("reason").type("p95 is fine").press(KeyCode.ENTER, KeyCode.CONTROL);
        eventually("a quarter is intended", () -> intended(backend) == 25);
        console.await(() -> text("reported").contains("25"));

        keys.press(KeyCode.DIGIT1, KeyCode.CONTROL);
        keys.press(KeyCode.R, KeyCode.CONTROL, KeyCode.SHIFT);
        eventually("all is rolled back", () -> intended(backend) == 0);
        console.await(() -> text("outcome").contains("Rolled back"));
    }

    private void readTheAuditLog(ConsoleHarness console) throws Exception {
        keys.press(KeyCode.DIGIT7, KeyCode.CONTROL);
        console.await(() -> rows("table") > 0);
        keys.tabTo("text").type("the wrong day");
        console.await(() -> rows("table") == 1);
    }

    private void draft(ConsoleHarness console, LocalDate day) throws Exception {
        keys.press(KeyCode.DIGIT5, KeyCode.CONTROL);
        keys.tabTo("date").press(KeyCode.A, KeyCode.CONTROL);
        keys.type(day.toString()).press(KeyCode.ENTER);
        console.await(() -> !closed("draft"));
        keys.tabTo("draft").press(KeyCode.SPACE);
    }

    /// Types the environment's name and presses the button that does it.
    private void confirm() throws Exception {
        keys.tabTo("confirm-environment").type(LiveWorld.ENVIRONMENT);
        keys.tabTo("confirm-act").press(KeyCode.SPACE);
    }

    private static int jobs(BackendClient backend, JobState state) {
        return asked(() -> backend.jobs().matching(JobQuery.in(state), null)).items().size();
    }

    private static boolean is(BackendClient backend, RunState state) {
        List<Run> runs = asked(() -> backend.migrations().runs(null)).items();
        return !runs.isEmpty() && runs.getFirst().state() == state;
    }

    private static boolean is(BackendClient backend, LocalDate day, InvoiceRunState state) {
        return of(backend, day).filter(run -> run.state() == state).isPresent();
    }

    /// The latest run of a business date.
    private static Optional<InvoiceRun> of(BackendClient backend, LocalDate day) {
        return asked(() -> backend.invoices().runs(null)).items().stream()
                .filter(run -> run.businessDate().equals(day))
                .findFirst();
    }

    private static int intended(BackendClient backend) {
        return asked(backend.launch()::now).intended();
    }

    private interface Question<T> {
        T ask() throws ProblemException;
    }

    private static <T> T asked(Question<T> question) {
        try {
            return question.ask();
        } catch (ProblemException e) {
            throw new AssertionError(e.problem().title() + " " + e.problem().detail(), e);
        }
    }

    private static String one(Path database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.next() ? String.valueOf(row.getString(1)) : "";
        }
    }
}
