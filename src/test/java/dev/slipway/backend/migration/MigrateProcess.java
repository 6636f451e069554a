package dev.slipway.backend.migration;

import dev.slipway.backend.migration.command.MigrateCommand;

import picocli.CommandLine;

/// `slipway migrate` as a process of its own, without the rest.
final class MigrateProcess {
    private MigrateProcess() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new MigrateCommand()).execute(args));
    }
}
