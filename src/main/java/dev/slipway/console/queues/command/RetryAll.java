package dev.slipway.console.queues.command;

import dev.slipway.api.queues.RepairAct;
import dev.slipway.api.queues.StartRepair;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `slipway jobs retry-all`
@Command(
        name = "retry-all",
        description = {
            "Puts every failed job that matches back into its queue.",
            "A few go first; the rest follows when these end well. Ctrl-C cancels."
        },
        mixinStandardHelpOptions = true)
final class RetryAll extends AllMatching {
    @Mixin private final Probing probing = new Probing();

    @Override
    RepairAct act() {
        return RepairAct.RETRY;
    }

    @Override
    StartRepair how(int perSecond) {
        return probing.how(perSecond);
    }
}
