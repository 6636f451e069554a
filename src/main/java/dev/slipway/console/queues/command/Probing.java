package dev.slipway.console.queues.command;

import dev.slipway.api.queues.StartRepair;

import picocli.CommandLine.Option;

/// How an act begins whose jobs run again: with a few, to see how these end.
final class Probing {
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

    @Option(names = "--reason", defaultValue = "", description = "For the audit log.")
    private String reason = "";

    StartRepair how(int perSecond) {
        return new StartRepair(perSecond, probe, stopAt, reason);
    }
}
