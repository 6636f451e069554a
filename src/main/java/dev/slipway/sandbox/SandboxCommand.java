package dev.slipway.sandbox;

import dev.slipway.sandbox.generate.GenerateCommand;
import dev.slipway.sandbox.legacy.LegacyCommand;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

import java.util.concurrent.Callable;

/// `slipway sandbox`: a whole small world.
@Command(
        name = "sandbox",
        description = "A small world: a legacy shop in trouble, a new shop, an edge and visitors.",
        mixinStandardHelpOptions = true,
        subcommands = {
            HelpCommand.class,
            GenerateCommand.class,
            LegacyCommand.class,
            TrafficCommand.class
        })
public final class SandboxCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        return 0;
    }
}
