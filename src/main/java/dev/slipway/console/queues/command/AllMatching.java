package dev.slipway.console.queues.command;

import static java.util.Objects.requireNonNullElse;

import dev.slipway.api.queues.JobFilter;
import dev.slipway.api.queues.NewRepair;
import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.RepairAct;
import dev.slipway.api.queues.RepairState;
import dev.slipway.api.queues.StartRepair;
import dev.slipway.client.BackendClient;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.console.terminal.Backend;
import dev.slipway.console.terminal.Place;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// One act on all failed jobs that match: counted, started, followed to its end. An interrupt
/// (Ctrl-C) cancels it; jobs not yet touched stay as they are.
abstract class AllMatching implements Callable<Integer> {
    /// So often in a row the backend may not answer while the repair goes on there.
    private static final int MOST_SILENT = 120;

    private static final long EVERY_MILLIS = 500;

    @ParentCommand private @Nullable JobsCommand jobs;
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--queue", description = "Only those that failed in this queue.")
    private @Nullable String queue;

    @Option(names = "--type", description = "Only those of this type.")
    private @Nullable String type;

    @Option(names = "--fingerprint", description = "Only those that failed of this fault.")
    private @Nullable String fingerprint;

    @Option(names = "--text", description = "Stands in the id, the subject or the error.")
    private @Nullable String text;

    @Option(names = "--from", description = "Failed then or later, such as 2026-11-22T02:30:00Z.")
    private @Nullable Instant from;

    @Option(names = "--to", description = "Failed before then.")
    private @Nullable Instant to;

    @Option(names = "--preview", description = "Only count and show; do nothing.")
    private boolean preview;

    @Mixin private final Place place = new Place();

    @Option(
            names = "--rate",
            defaultValue = "" + StartRepair.RATE,
            description = "The most jobs per second, reached by doubling (${DEFAULT-VALUE}).")
    private int rate;

    private final CountDownLatch interrupted = new CountDownLatch(1);
    private @Nullable String shown;

    abstract RepairAct act();

    /// The queue to move to, or null.
    @Nullable String target() {
        return null;
    }

    abstract StartRepair how(int perSecond);

    @Override
    public Integer call() {
        int[] code = {0};
        int asked = backend().ask(client -> code[0] = run(client));
        return Math.max(code[0], asked);
    }

    private Backend backend() {
        if (jobs == null) {
            throw new IllegalStateException("no command of its own");
        }
        return jobs.backend();
    }

    private int run(BackendClient client) throws ProblemException {
        if (!preview) {
            place.check(client);
        }
        var filter = new JobFilter(queue, type, fingerprint, text, from, to);
        Repair counted = client.repairs().preview(new NewRepair(act(), filter, target()));
        var hook = new Thread(() -> interrupt(client, counted.id()), "interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            Repair seen = follow(client, counted, RepairState.COUNTING);
            seen.preview().samples().forEach(job -> backend().say("  " + JobText.line(job)));
            if (preview || seen.preview().total() == 0) {
                client.repairs().cancel(seen.id(), "looked at only");
                return 0;
            }
            return end(client, client.repairs().start(seen.id(), how(rate)));
        } finally {
            unhook(hook);
        }
    }

    private int end(BackendClient client, Repair started) throws ProblemException {
        Repair last =
                follow(
                        client,
                        started,
                        RepairState.PROBING,
                        RepairState.RUNNING,
                        RepairState.PAUSED,
                        RepairState.SETTLING);
        return last.state() == RepairState.DONE && last.progress().failed() == 0 ? 0 : 1;
    }

    /// Looks again and again while the repair is in one of these states, and prints what is new.
    private Repair follow(BackendClient client, Repair first, RepairState... states)
            throws ProblemException {
        Repair seen = first;
        int silent = 0;
        print(seen);
        while (List.of(states).contains(seen.state()) && !interruptedWithin()) {
            try {
                seen = client.repairs().one(seen.id());
                silent = 0;
                print(seen);
            } catch (ProblemException e) {
                if (!(e.problem() instanceof Problem.Offline) || ++silent > MOST_SILENT) {
                    throw e;
                }
            }
        }
        return seen;
    }

    private boolean interruptedWithin() {
        try {
            return interrupted.await(EVERY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void print(Repair repair) {
        String now = RepairLine.of(repair);
        if (!now.equals(shown)) {
            shown = now;
            backend().print(repair, now);
        }
    }

    private void interrupt(BackendClient client, String id) {
        try {
            Repair left = client.repairs().cancel(id, "interrupted");
            backend().print(left, RepairLine.of(left));
        } catch (ProblemException e) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "The repair "
                                    + id
                                    + " could not be cancelled and may go on: "
                                    + requireNonNullElse(e.problem().detail(), ""));
        }
        spec.commandLine().getOut().flush();
        // only now: whoever follows it logs out next
        interrupted.countDown();
    }

    private static void unhook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is at its end: the hook runs
        }
    }
}
