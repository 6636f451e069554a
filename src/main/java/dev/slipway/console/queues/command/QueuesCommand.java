package dev.slipway.console.queues.command;

import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.HoldKind;
import dev.slipway.api.queues.Pause;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.api.queues.TypeLimit;
import dev.slipway.api.queues.TypeStatus;
import dev.slipway.client.BackendClient;
import dev.slipway.client.http.ProblemException;
import dev.slipway.console.terminal.Backend;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `slipway queues`: how the queues stand; pauses and resumes queues and types of job.
@Command(
        name = "queues",
        description = "Lists queues and types of job, pauses, resumes and limits them.",
        mixinStandardHelpOptions = true,
        subcommands = HelpCommand.class)
public final class QueuesCommand implements Callable<Integer> {
    @Mixin private final Backend backend = new Backend();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        return list();
    }

    @Command(name = "list", description = "Every queue; so does the command alone.")
    int list() {
        return backend.ask(
                client -> {
                    List<Hold> holds = client.queues().holds().items();
                    for (QueueStatus queue : client.queues().all()) {
                        Optional<Hold> hold = of(holds, HoldKind.QUEUE, queue.name());
                        backend.print(queue, JobText.line(queue, hold));
                    }
                });
    }

    @Command(name = "types", description = "Every type of job, with its limit.")
    int types() {
        return backend.ask(
                client -> {
                    List<Hold> holds = client.queues().holds().items();
                    for (TypeStatus type : client.queues().types().items()) {
                        backend.print(
                                type, JobText.line(type, of(holds, HoldKind.TYPE, type.type())));
                    }
                });
    }

    @Command(name = "holds", description = "Everything that is paused, schedules too.")
    int holds() {
        return backend.ask(
                client ->
                        client.queues()
                                .holds()
                                .items()
                                .forEach(
                                        hold ->
                                                backend.print(
                                                        hold,
                                                        hold.id() + "  " + JobText.paused(hold))));
    }

    private static Optional<Hold> of(List<Hold> holds, HoldKind kind, String name) {
        return holds.stream().filter(h -> h.kind() == kind && h.name().equals(name)).findFirst();
    }

    @Command(
            name = "pause",
            description = {
                "Lets no job of a queue, or of a type, start.",
                "What runs goes on to its end."
            })
    int pause(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--type", description = "NAME is a type of job, not a queue.")
                    boolean type,
            @Option(names = "--reason", required = true) String reason,
            @Option(
                            names = "--for",
                            paramLabel = "TIME",
                            description = "Goes on by itself after 90s, 30m, 2h, 1d …")
                    @Nullable String length,
            @Option(
                            names = "--until",
                            paramLabel = "INSTANT",
                            description = "Goes on by itself then: 2026-11-27T06:00:00Z.")
                    @Nullable Instant until) {
        if (length != null && until != null) {
            throw new ParameterException(spec.commandLine(), "Give --for or --until, not both.");
        }
        Instant end =
                length == null ? until : InstantSource.system().instant().plus(duration(length));
        return backend.ask(
                client -> {
                    Hold hold = client.queues().pause(kind(type), name, new Pause(reason, end));
                    backend.print(hold, hold.id() + "  " + JobText.paused(hold));
                });
    }

    @Command(name = "resume", description = "Lets a queue, or a type, go on.")
    int resume(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--type", description = "NAME is a type of job, not a queue.")
                    boolean type,
            @Option(names = "--reason", defaultValue = "") String reason) {
        return backend.ask(
                client -> {
                    client.queues().resume(kind(type), name, reason);
                    backend.say(JobText.lower(kind(type)) + " " + name + " goes on");
                });
    }

    @Command(name = "limit", description = "Sets how many jobs of a type run at once.")
    int limit(
            @Parameters(paramLabel = "TYPE") String type,
            @Parameters(paramLabel = "MOST", description = "A number from 1, or none.") String most,
            @Option(names = "--reason", defaultValue = "") String reason) {
        var limit = new TypeLimit(number(most), reason);
        return backend.ask(client -> limit(client, type, limit));
    }

    private void limit(BackendClient client, String type, TypeLimit limit) throws ProblemException {
        TypeStatus after = client.queues().limit(type, limit);
        backend.print(after, JobText.line(after, Optional.empty()));
    }

    private @Nullable Integer number(String most) {
        if (most.equalsIgnoreCase("none")) {
            return null;
        }
        try {
            return Integer.valueOf(most);
        } catch (NumberFormatException e) {
            throw new ParameterException(
                    spec.commandLine(), "A limit is a number from 1, or none: " + most);
        }
    }

    private Duration duration(String length) {
        String text = length.strip().toUpperCase(Locale.ROOT);
        try {
            Duration duration = Duration.parse(text.endsWith("D") ? "P" + text : "PT" + text);
            if (duration.isPositive()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // told below
        }
        throw new ParameterException(
                spec.commandLine(), "--for takes a length such as 90s, 30m, 2h or 1d: " + length);
    }

    private static HoldKind kind(boolean type) {
        return type ? HoldKind.TYPE : HoldKind.QUEUE;
    }
}
