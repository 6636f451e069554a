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
import dev.slipway.testing.Workplace;

import javafx.scene.Node;
import javafx.scene.input.KeyCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
        Path saved = Path.of("target", "saved-picture.jpg");
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
                on(PICTURES, "save")
                        .given(
                                picture.then(
                                        place -> {
                                            Files.deleteIfExists(saved);
                                            place.console().files().choose(saved);
                                            keep(place);
                                            place.console().await(() -> canBeSaved(place));
                                        }))
                        .by(
                                "Space",
                                place -> {
                                    place.keys().tabTo("save").press(KeyCode.SPACE);
                                    place.console().await(() -> Files.exists(saved));
                                })
                        .shows(
                                _ ->
                                        Files.exists(saved)
                                                && Arrays.equals(
                                                        Files.readAllBytes(saved),
                                                        MuchPictures.file(32, 24))),
                on(PICTURES, "more").given(listed).questions("GET " + CHOSEN));
    }

    /// What is seen was fetched before.
    private static void keep(Workplace place) throws Exception {
        for (String made : new MuchPictures(NOW).pictures(1).getFirst().files()) {
            place.console().store().keepPdf(made, MuchPictures.file(32, 24));
        }
        place.keys().press(KeyCode.DOWN).press(KeyCode.UP);
    }

    private static boolean canBeSaved(Workplace place) {
        Node button = place.console().stage().getScene().lookup("#save");
        return button != null && !button.isDisabled();
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
