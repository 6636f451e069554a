package dev.slipway.console.queues.command;

import dev.slipway.api.queues.RepairAct;
import dev.slipway.api.queues.StartRepair;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `slipway jobs discard-all`
@Command(
        name = "discard-all",
        description = "Gives up every failed job that matches. Ctrl-C cancels.",
        mixinStandardHelpOptions = true)
final class DiscardAll extends AllMatching {
    @Option(names = "--reason", required = true, description = "For the audit log.")
    private String reason = "";

    @Override
    RepairAct act() {
        return RepairAct.DISCARD;
    }

    @Override
    StartRepair how(int perSecond) {
        return new StartRepair(perSecond, 1, 100, reason);
    }
}
