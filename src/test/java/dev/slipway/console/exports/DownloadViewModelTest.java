package dev.slipway.console.exports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.tasks.Export;
import dev.slipway.api.tasks.ExportState;
import dev.slipway.api.tasks.StartExport;
import dev.slipway.client.calls.DownloadProgress;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.testing.MuchExports;
import dev.slipway.testing.Screens;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

class DownloadViewModelTest {
    private static final Path TO = Path.of("desk", "orders.csv");

    private final Screens screens = new Screens();
    private final Export export = new MuchExports(Screens.NOW).export(0, ExportState.READY);
    private final List<String> told = new ArrayList<>();
    private final Line line = new Line();
    private final DownloadViewModel model =
            new DownloadViewModel(
                    line, screens.background, screens.problems::add, told::add, screens.words);

    @Test
    void showsHowFarItIsAndSaysWhereItWasSaved() throws Exception {
        model.start(export, TO);
        assertThat(model.busy().get()).isEqualTo("A download is under way.");
        line.arrives(91_165_502L);
        model.tick();
        assertThat(model.share().get()).isEqualTo(0.5);
        assertThat(model.text().get()).isEqualTo("orders.csv: 91.2 MB of 182.3 MB");

        line.ends(() -> true);
        ended();
        assertThat(told).containsExactly("Saved as " + TO + "; its checksum is right.");
        assertThat(screens.problems).isEmpty();
    }

    @Test
    void aSecondOneDoesNotDisturbTheFirst() throws Exception {
        model.start(export, TO);
        line.arrives(1);
        model.start(export, Path.of("other.csv"));
        model.tick();
        assertThat(model.text().get()).startsWith("orders.csv: ");

        line.ends(() -> true);
        ended();
        assertThat(line.targets).containsExactly(TO);
    }

    @Test
    void stoppedItSaysThatNothingWasSaved() throws Exception {
        model.start(export, TO);
        assertThat(line.arrives(1)).isTrue();
        model.stop();
        assertThat(line.arrives(2)).isFalse();

        line.ends(() -> false);
        ended();
        assertThat(told).containsExactly("The download was stopped; nothing was saved.");

        // and the next one is not stopped by that
        model.start(export, TO);
        assertThat(line.arrives(1)).isTrue();
        line.ends(() -> true);
        ended();
    }

    @Test
    void whateverGoesWrongIsSaidAndAnotherCanBeBegun() throws Exception {
        List<ProblemException> wrong =
                List.of(
                        Screens.refused(410, "It has expired."),
                        Screens.refused(500, "The backend has a fault."),
                        Screens.unreachable(),
                        new ProblemException(new Problem.NotWritten("No space left on device")));
        for (ProblemException each : wrong) {
            model.start(export, TO);
            line.arrives(3);
            line.ends(
                    () -> {
                        throw each;
                    });
            ended();
            assertThat(screens.problems).last().isEqualTo(each.problem());
        }
        assertThat(told).isEmpty();
    }

    @Test
    void aFaultOfTheProgramDoesNotKeepTheDoorShut() throws Exception {
        model.start(export, TO);
        line.ends(
                () -> {
                    throw new IllegalStateException("a bug");
                });
        ended();
        assertThat(screens.problems).last().isInstanceOf(Problem.Bug.class);
    }

    private void ended() throws Exception {
        screens.await(() -> model.busy().get().isEmpty());
        assertThat(model.text().get()).isEmpty();
        assertThat(model.share().get()).isZero();
        model.tick();
        assertThat(model.text().get()).isEmpty();
    }

    /// A download that goes as the test says.
    private static final class Line implements ExportCommands {
        private interface End {
            boolean come() throws ProblemException;
        }

        private interface Step {
            /// @return how it ended, or null if it goes on
            @org.jspecify.annotations.Nullable
            End done(DownloadProgress progress);
        }

        final List<Path> targets = new ArrayList<>();
        private final BlockingQueue<Step> steps = new ArrayBlockingQueue<>(1);
        private final BlockingQueue<Boolean> wanted = new ArrayBlockingQueue<>(1);

        /// @return whether more is wanted
        boolean arrives(long bytes) throws InterruptedException {
            steps.put(
                    progress -> {
                        wanted.add(progress.at(bytes, 182_331_004L));
                        return null;
                    });
            return Boolean.TRUE.equals(wanted.poll(10, TimeUnit.SECONDS));
        }

        void ends(End end) throws InterruptedException {
            steps.put(_ -> end);
        }

        @Override
        public boolean download(Export export, Path to, DownloadProgress progress)
                throws ProblemException {
            targets.add(to);
            try {
                End end = null;
                while (end == null) {
                    end = steps.take().done(progress);
                }
                return end.come();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public Export start(StartExport wanted) {
            throw new AssertionError();
        }

        @Override
        public Export cancel(String id) {
            throw new AssertionError();
        }

        @Override
        public Export delete(String id) {
            throw new AssertionError();
        }
    }
}
