package dev.slipway.console.action;

import static dev.slipway.console.action.Action.on;
import static dev.slipway.console.shell.Screen.PICTURES;
import static dev.slipway.testing.Workplace.NOW;
import static dev.slipway.testing.Workplace.rows;

import dev.slipway.api.Paths;
import dev.slipway.api.events.Kind;
import dev.slipway.api.tasks.PictureRun;
import dev.slipway.api.tasks.PictureRunState;
import dev.slipway.client.offline.Document;
import dev.slipway.console.action.Action.Step;
import dev.slipway.testing.MuchPictures;

import javafx.scene.input.KeyCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What can be done on Pictures.
final class PictureActions {
    private static final String CHOSEN = Paths.PICTURE_RUNS + "/" + MuchPictures.RUN + "/pictures";

    private PictureActions() {}

    static PictureRun some() {
        return new MuchPictures(NOW).run(9, PictureRunState.QUEUED, null, 0, null);
    }

    static List<Action> all() {
        Path file = Path.of("target", "shoe.jpg");
        Step done = Steps.first("runs").then(place -> place.keys().press(KeyCode.DOWN));
        Step listed = done.then(place -> place.console().await(() -> rows("pictures") > 3));
        Step picture = listed.then(Steps.first("pictures"));
        return List.of(
                on(PICTURES, "start")
                        .given(noneIsUnderWay())
                        .commands("POST " + Paths.PICTURE_RUNS, some()),
                on(PICTURES, "upload")
                        .given(
                                noneIsUnderWay()
                                        .then(
                                                place -> {
                                                    Files.write(file, MuchPictures.file(32, 24));
                                                    place.console().files().choose(file);
                                                }))
                        .commands("POST " + Paths.PICTURE_UPLOAD, some()),
                on(PICTURES, "cancel")
                        .given(Steps.first("runs"))
                        .commands("POST " + Paths.PICTURE_RUNS + "/pictures-0/cancel", some()),
                on(PICTURES, "runs").by("S", Steps.sort("runs")).shows(Steps.sorted("runs")),
                on(PICTURES, "runs").by("Home", Steps.first("runs")).shows(Steps.rowChosen("runs")),
                on(PICTURES, "pictures")
                        .given(listed)
                        .by("S", Steps.sort("pictures"))
                        .shows(Steps.sorted("pictures")),
                on(PICTURES, "pictures")
                        .given(listed)
                        .by("Home", Steps.first("pictures"))
                        .shows(Steps.rowChosen("pictures")),
                on(PICTURES, "shown").by(KeyCode.DOWN).shows(Steps.chosen("shown", "MADE")),
                on(PICTURES, "size")
                        .given(picture)
                        .by(KeyCode.DOWN)
                        .shows(Steps.chosen("size", "page-")),
                on(PICTURES, "more").given(listed).questions("GET " + CHOSEN));
    }

    private static Step noneIsUnderWay() {
        return place -> {
            var over = new MuchPictures(NOW).run(0, PictureRunState.DONE, 3L, 3, null);
            place.console()
                    .store()
                    .take("2", List.of(Document.of(Kind.PICTURE_RUN, over.id(), over)));
            place.console().settle();
        };
    }
}
