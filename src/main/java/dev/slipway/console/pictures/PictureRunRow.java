package dev.slipway.console.pictures;

import dev.slipway.api.tasks.PictureRun;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import java.util.Objects;

/// A run over product pictures as the table shows it.
///
/// @param progress how far it is, or what came of it, in words
public record PictureRunRow(PictureRun run, String state, String progress) {

    static PictureRunRow of(PictureRun run, Wording words) {
        return new PictureRunRow(
                run, words.of("pictureRunState", run.state()), progress(run, words));
    }

    private static String progress(PictureRun run, Wording words) {
        Long total = run.total();
        return switch (run.state()) {
            case QUEUED -> words.say("pictures.waits");
            case RUNNING ->
                    total == null
                            ? words.say("pictures.counts")
                            : words.say(
                                    "pictures.seen",
                                    Figures.count(run.seen()),
                                    Figures.count(total));
            case DONE -> words.say("pictures.all", Figures.count(run.seen()));
            case FAILED, CANCELLED -> Objects.requireNonNullElse(run.reason(), "");
        };
    }
}
