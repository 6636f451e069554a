package dev.slipway.tour;

import static javafx.scene.input.KeyCode.CONTROL;
import static javafx.scene.input.KeyCode.DIGIT4;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.StepProgress;
import dev.slipway.api.migration.Validation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Runs the sandbox's migration and looks at what it could not convert and how it was validated.
final class Migrating implements Stop {
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    @Override
    public String title() {
        return "Migrate the shop, look at quarantine and validation";
    }

    @Override
    public void walk(Walk scene) throws Exception {
        // The copy is of one moment: until the sync exists, both shops can only be compared if
        // nobody buys in between.
        scene.world().visitors(0);
        Hand hand = scene.hand();
        hand.press(CONTROL, DIGIT4);
        hand.tab("plansTab");
        scene.pictures().take("plan");
        hand.click("#start");
        Run run = awaitRun(scene);
        hand.tab("stepsTab");
        hand.until(
                "half of the rows copied",
                PATIENCE,
                () -> halfway(Checked.get(() -> scene.backend().migrations().run(run.id()))));
        scene.pictures().take("migrating");
        hand.until(
                "the end of the migration",
                PATIENCE,
                () -> over(Checked.get(() -> scene.backend().migrations().run(run.id()))));
        Run ended = scene.backend().migrations().run(run.id());
        report(scene, ended);
        scene.pictures().take("migrated");
        hand.tab("quarantineTab");
        scene.pictures().take("quarantine");
        hand.tab("validationsTab");
        scene.pictures().take("validations");
        if (ended.state() != RunState.VALIDATED) {
            throw new TourFailed("the migration ended " + ended.state() + ": " + ended.reason());
        }
    }

    private static Run awaitRun(Walk scene) {
        List<Run> found = new ArrayList<>();
        scene.hand()
                .until(
                        "the migration's start",
                        Duration.ofSeconds(30),
                        () -> {
                            found.addAll(
                                    Checked.get(
                                            () -> scene.backend().migrations().runs(null).items()));
                            return !found.isEmpty();
                        });
        return found.getFirst();
    }

    private static boolean halfway(Run run) {
        long rows = run.steps().stream().mapToLong(StepProgress::rows).sum();
        long read = run.steps().stream().mapToLong(StepProgress::read).sum();
        return over(run) || rows > 0 && 2 * read >= rows;
    }

    private static boolean over(Run run) {
        return run.state().ended() || run.state() == RunState.FAILED;
    }

    private static void report(Walk scene, Run run) throws Exception {
        ObjectNode part = scene.part("migration").put("state", run.state().name());
        for (StepProgress step : run.steps()) {
            part.withArrayProperty("steps")
                    .addObject()
                    .put("name", step.name())
                    .put("read", step.read())
                    .put("written", step.written())
                    .put("merged", step.merged())
                    .put("quarantined", step.quarantined())
                    .put("skipped", step.skipped())
                    .put("checksum", step.checksum())
                    .put("seconds", step.seconds());
            long kept = step.written() + step.merged() + step.quarantined() + step.skipped();
            if (step.read() != kept) {
                throw new TourFailed(
                        "step " + step.name() + " read " + step.read() + " rows, kept " + kept);
            }
        }
        List<Validation> validations = scene.backend().migrations().validations(run.id());
        part.put("validations", validations.size())
                .put("red", validations.stream().filter(v -> !v.passed()).count());
    }
}
