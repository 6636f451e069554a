package dev.slipway.console.pictures;

import dev.slipway.api.Page;
import dev.slipway.api.tasks.Picture;
import dev.slipway.api.tasks.PictureRun;
import dev.slipway.api.tasks.PictureRunState;
import dev.slipway.api.tasks.PictureState;
import dev.slipway.client.BackendClient;
import dev.slipway.client.http.ProblemException;
import dev.slipway.console.terminal.LogInOptions;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// `slipway pictures`: has a backend go through its folder of product pictures, waits, and tells
/// what was rejected and why.
@Command(
        name = "pictures",
        description = {
            "Has a backend resize the product pictures of its folder, waits, and lists what was"
                    + " rejected and why.",
            "Exit code 1 if it did not come to its end; rejected files alone are no failure, unless"
                    + " --strict."
        },
        mixinStandardHelpOptions = true)
public final class PicturesCommand implements Callable<Integer> {
    @Mixin LogInOptions backend = new LogInOptions();

    @Option(names = "--strict", description = "Exit code 1 if any file was rejected.")
    boolean strict;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        BackendClient client = backend.client();
        try {
            backend.logIn(client);
            try {
                PictureRun run = awaited(client, client.pictures().start(""));
                return told(client, run);
            } finally {
                client.logOut();
            }
        } catch (ProblemException e) {
            say("%s. %s%n", e.problem().title(), e.problem().detail());
            return ExitCode.SOFTWARE;
        }
    }

    private PictureRun awaited(BackendClient client, PictureRun begun)
            throws ProblemException, InterruptedException {
        PictureRun run = begun;
        while (run.state().open()) {
            Long total = run.total();
            say(
                    total == null ? "waits for a worker%n" : "%,d of %,d files%n",
                    run.seen(),
                    total == null ? 0L : total);
            new CountDownLatch(1).await(1, TimeUnit.SECONDS);
            run = client.pictures().run(run.id());
        }
        return run;
    }

    private int told(BackendClient client, PictureRun run) throws ProblemException {
        String after = null;
        do {
            Page<Picture> page = client.pictures().files(run.id(), PictureState.REJECTED, after);
            for (Picture picture : page.items()) {
                out("%s: %s%n", picture.name(), String.valueOf(picture.reason()));
            }
            after = page.next();
        } while (after != null);
        out("%,d made, %,d known, %,d rejected%n", run.made(), run.known(), run.rejected());
        if (run.state() != PictureRunState.DONE) {
            say("The run is %s. %s%n", run.state(), String.valueOf(run.reason()));
            return ExitCode.SOFTWARE;
        }
        return strict && run.rejected() > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private void out(String form, Object... values) {
        spec.commandLine().getOut().printf(Locale.ROOT, form, values);
        spec.commandLine().getOut().flush();
    }

    private void say(String form, Object... values) {
        spec.commandLine().getErr().printf(Locale.ROOT, form, values);
        spec.commandLine().getErr().flush();
    }
}
