package dev.slipway.console.queues.command;

import dev.slipway.api.Page;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobLine;
import dev.slipway.api.queues.JobState;
import dev.slipway.client.BackendClient;
import dev.slipway.client.calls.JobQuery;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.console.terminal.Backend;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

/// `slipway jobs`: looks at jobs and repairs single ones, as the console does.
@Command(
        name = "jobs",
        description =
                "Lists jobs, shows one with its attempts and log, cancels, retries, discards: single"
                        + " ones, or all failed ones that match.",
        mixinStandardHelpOptions = true,
        subcommands = {HelpCommand.class, RetryAll.class, DiscardAll.class, MoveAll.class})
public final class JobsCommand implements Callable<Integer> {
    private static final int MOST_LINES = 10_000;

    @Mixin private final Backend backend = new Backend();

    @Spec private CommandSpec spec = CommandSpec.create();

    Backend backend() {
        return backend;
    }

    /// One thing done to one job.
    private interface Act {
        Job to(BackendClient client, String id) throws ProblemException;
    }

    /// Without a subcommand there is nothing to do.
    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "Say what to do: list, show, cancel, retry, discard, retry-all, discard-all or"
                        + " move-all.");
    }

    @Command(name = "list", description = "Jobs, the newest first.")
    int list(
            @Option(names = "--queue") @Nullable String queue,
            @Option(names = "--state", description = "${COMPLETION-CANDIDATES}")
                    @Nullable JobState state,
            @Option(names = "--type") @Nullable String type,
            @Option(names = "--fingerprint", description = "Only those that failed of this fault.")
                    @Nullable String fingerprint,
            @Option(names = "--text", description = "Stands in the id, the subject or the error.")
                    @Nullable String text,
            @Option(names = "--from", description = "Ended then or later.") @Nullable Instant from,
            @Option(names = "--to", description = "Ended before then.") @Nullable Instant to,
            @Option(
                            names = "--limit",
                            defaultValue = "100",
                            description = "At most so many (${DEFAULT-VALUE}).")
                    int limit) {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit is 1 at least.");
        }
        var query = new JobQuery(queue, type, state, fingerprint, text, from, to);
        return backend.ask(client -> list(client, query, limit));
    }

    private void list(BackendClient client, JobQuery query, int limit) throws ProblemException {
        int left = limit;
        String cursor = null;
        do {
            Page<Job> page = client.jobs().matching(query, cursor);
            page.items().stream().limit(left).forEach(job -> backend.print(job, JobText.line(job)));
            left -= page.items().size();
            cursor = page.next();
        } while (cursor != null && left > 0);
        if (cursor != null || left < 0) {
            backend.say("There are more: --limit N shows them.");
        }
    }

    @Command(name = "show", description = "A job, why it waits, its attempts and its log.")
    int show(@Parameters(paramLabel = "ID") String id) {
        return backend.ask(client -> show(client, id));
    }

    private void show(BackendClient client, String id) throws ProblemException {
        Job job = client.jobs().one(id);
        backend.print(job, JobText.facts(job));
        client.jobs()
                .wait(id)
                .ifPresent(wait -> backend.print(wait, "waits        " + JobText.wait(wait)));
        backend.say("\nAttempts");
        for (var attempt : client.jobs().attempts(id, null).items()) {
            backend.print(attempt, JobText.line(attempt));
        }
        backend.say("\nLog");
        int left = MOST_LINES;
        String cursor = null;
        do {
            Page<JobLine> page = client.jobs().log(id, cursor);
            page.items().forEach(line -> backend.print(line, JobText.line(line)));
            left -= page.items().size();
            cursor = page.next();
        } while (cursor != null && left > 0);
    }

    @Command(
            name = "cancel",
            description = {
                "Gives up jobs that wait or run.",
                "One that runs is told to stop at the next good place."
            })
    int cancel(
            @Parameters(paramLabel = "ID", arity = "1..*") List<String> ids,
            @Option(names = "--reason", required = true) String reason) {
        return each(ids, (client, id) -> client.jobs().cancel(id, reason));
    }

    @Command(name = "retry", description = "Puts dead or discarded jobs back into their queues.")
    int retry(@Parameters(paramLabel = "ID", arity = "1..*") List<String> ids) {
        return each(ids, (client, id) -> client.jobs().retry(id));
    }

    @Command(name = "discard", description = "Gives jobs up, dead ones too.")
    int discard(
            @Parameters(paramLabel = "ID", arity = "1..*") List<String> ids,
            @Option(names = "--reason", required = true) String reason) {
        return each(ids, (client, id) -> client.jobs().discard(id, reason));
    }

    /// One that is refused leaves the others alone; it is told, and the exit code is 1.
    private int each(List<String> ids, Act act) {
        int[] refused = {0};
        int asked =
                backend.ask(
                        client -> {
                            for (String id : ids) {
                                refused[0] += one(client, id, act);
                            }
                        });
        return refused[0] > 0 ? ExitCode.SOFTWARE : asked;
    }

    private int one(BackendClient client, String id, Act act) throws ProblemException {
        try {
            Job job = act.to(client, id);
            backend.print(job, JobText.line(job));
            return 0;
        } catch (ProblemException e) {
            if (!(e.problem() instanceof Problem.Rejected)) {
                throw e;
            }
            spec.commandLine()
                    .getErr()
                    .println(id + ": " + e.problem().title() + " " + e.problem().detail());
            return 1;
        }
    }
}
