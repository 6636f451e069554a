package dev.slipway.console.queues.command;

import dev.slipway.api.queues.RepairAct;
import dev.slipway.api.queues.StartRepair;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    @Mixin private final Probing probing = new Probing();

    @Option(names = "--into", required = true, paramLabel = "QUEUE", description = "The queue.")
    private String into = "";

    @Override
    RepairAct act() {
        return RepairAct.MOVE;
    }

    @Override
    String target() {
        return into;
    }

    @Override
    StartRepair how(int perSecond) {
        return probing.how(perSecond);
    }
}
