package dev.slipway.console.queues.command;

import dev.slipway.api.queues.RepairAct;
import dev.slipway.api.queues.StartRepair;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `slipway jobs move-all`
@Command(
        name = "move-all",
        description = {
            "Moves every failed job that matches to another queue, to be run there.",
            "A few go first; the rest follows when these end well. Ctrl-C cancels."
        },
        mixinStandardHelpOptions = true)
final class MoveAll extends AllMatching {
    @Option(
            names = "--probe",
            defaultValue = "" + StartRepair.PROBE,
            description = "How many jobs go first (${DEFAULT-VALUE}).")
    private int probe;

    @Option(
            names = "--stop-at",
            paramLabel = "PERCENT",
            defaultValue = "" + StartRepair.STOP_PERCENT,
            description = "Stops when so many of the latest fail again (${DEFAULT-VALUE}).")
    private int stopAt;

    @Option(names = "--into", required = true, paramLabel = "QUEUE", description = "The queue.")
    private String into = "";

    @Option(names = "--reason", defaultValue = "", description = "For the audit log.")
    private String reason = "";

    @Override
    RepairAct act() {
        return RepairAct.MOVE;
    }

    @Override
    @Nullable String target() {
        return into;
    }

    @Override
    StartRepair how(int perSecond) {
        return new StartRepair(perSecond, probe, stopAt, reason);
    }
}
