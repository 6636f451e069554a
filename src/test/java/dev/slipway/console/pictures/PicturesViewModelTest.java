package dev.slipway.console.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.api.tasks.Picture;
import dev.slipway.api.tasks.PictureRun;
import dev.slipway.api.tasks.PictureRunState;
import dev.slipway.api.tasks.PictureState;
import dev.slipway.client.http.ProblemException;
import dev.slipway.client.offline.Listing;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.pictures.PictureListViewModel.Asked;
import dev.slipway.testing.MuchPictures;
import dev.slipway.testing.Screens;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class PicturesViewModelTest {
    private final Screens screens = new Screens();
    private final MuchPictures much = new MuchPictures(Screens.NOW);
    private final List<String> given = new CopyOnWriteArrayList<>();
    private final List<String> loaded = new CopyOnWriteArrayList<>();
    private final List<String> told = new ArrayList<>();
    private volatile boolean refuse;
    private final PictureListViewModel list =
            new PictureListViewModel(
                    (asked, cursor) -> {
                        loaded.add(asked + " " + cursor);
                        return new Listing<>(List.of(), null, null);
                    },
                    screens.loader,
                    screens.access,
                    screens.words);
    private final PicturesViewModel model =
            new PicturesViewModel(
                    new Given(), list, screens.commander, told::add, screens.access, screens.words);

    @TempDir Path folder;

    private final class Given implements PictureCommands {
        @Override
        public PictureRun start() throws ProblemException {
            return did("start");
        }

        @Override
        public PictureRun upload(String name, byte[] bytes) throws ProblemException {
            return did("upload " + name + " " + bytes.length);
        }

        @Override
        public PictureRun cancel(String runId) throws ProblemException {
            return did("cancel " + runId);
        }

        private PictureRun did(String what) throws ProblemException {
            given.add(what);
            if (refuse) {
                throw Screens.refused(422, "It is truncated: it ends in the middle.");
            }
            return much.runs().getFirst();
        }
    }

    @Test
    void sendsAFileAndTellsWhyItWasRefused() throws Exception {
        screens.online(Role.OPERATOR);
        Path file = Files.write(folder.resolve("shoe.jpg"), MuchPictures.file(32, 24));
        model.upload(file);
        screens.answered();
        assertThat(given).containsExactly("upload shoe.jpg " + Files.size(file));
        assertThat(told).singleElement().asString().startsWith("shoe.jpg was sent");
        assertThat(model.begun().get()).isEqualTo("pictures-0");

        refuse = true;
        model.upload(file);
        screens.answered();
        assertThat(screens.problems)
                .extracting("detail")
                .containsExactly("It is truncated: it ends in the middle.");
        assertThat(model.startGate().open()).isTrue();
    }

    @Test
    void whatIsTooLargeOrGoneIsNotSent() throws Exception {
        screens.online(Role.ONCALL);
        Path large = folder.resolve("large.png");
        try (var file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(Picture.MOST_SENT + 1L);
        }
        model.upload(large);
        screens.answered();
        model.upload(folder.resolve("gone.png"));
        screens.answered();
        assertThat(given).isEmpty();
        assertThat(screens.problems).extracting("title").containsOnly("It was not sent");
        assertThat(screens.problems.getFirst().detail())
                .startsWith("large.png has 20.0 MB, and at most 20.0 MB are sent.");
        assertThat(screens.problems.getLast().detail()).contains("gone.png can't be read");
    }

    @Test
    void nothingIsBegunWhileARunIsOpenOfflineOrByAViewer() throws Exception {
        screens.online(Role.OPERATOR);
        model.showRuns(new LoadState.Ready<>(much.runs(), Screens.NOW));
        assertThat(model.startGate().reason().get()).contains("under way");
        model.start();
        model.showRuns(new LoadState.Ready<>(much.runs().subList(1, 4), Screens.NOW));
        assertThat(model.startGate().open()).isTrue();
        screens.offline();
        assertThat(model.startGate().reason().get()).contains("can't be reached");
        model.start();
        model.upload(folder.resolve("x.png"));
        screens.online(Role.VIEWER);
        assertThat(model.startGate().open()).isFalse();
        assertThat(given).isEmpty();
        screens.online(Role.OPERATOR);
        model.start();
        screens.answered();
        assertThat(given).containsExactly("start");
    }

    @Test
    void onlyWhatIsOpenCanBeCancelled() throws Exception {
        screens.online(Role.OPERATOR);
        assertThat(model.cancelGate().reason().get()).contains("Select a run");
        model.select(much.runs().get(1));
        screens.answered();
        assertThat(model.cancelGate().reason().get()).contains("has ended");
        model.cancel();
        model.select(much.runs().getFirst());
        screens.answered();
        model.cancel();
        screens.answered();
        assertThat(given).containsExactly("cancel pictures-0");
        assertThat(told).containsExactly("The run was stopped; what was made stands");
        screens.offline();
        assertThat(model.cancelGate().open()).isFalse();
    }

    @Test
    void theListOfTheRunThatIsLookedAtIsFetchedAgainAsItGoesOn() throws Exception {
        screens.online(Role.VIEWER);
        model.select(much.run(0, PictureRunState.RUNNING, 100L, 10, null));
        screens.answered();
        model.select(much.run(0, PictureRunState.RUNNING, 100L, 10, null));
        screens.answered();
        model.select(much.run(0, PictureRunState.RUNNING, 100L, 20, null));
        screens.answered();
        list.shown().set(PictureListViewModel.Shown.REJECTED);
        screens.answered();
        Asked all = new Asked("pictures-0", null);
        Asked rejected = new Asked("pictures-0", PictureState.REJECTED);
        assertThat(loaded).containsExactly(all + " null", all + " null", rejected + " null");
        // whoever has paged on keeps the rows
        list.show(new LoadState.Ready<>(new Listing<>(much.pictures(3), "c2", null), Screens.NOW));
        list.more();
        screens.answered();
        model.select(much.run(0, PictureRunState.RUNNING, 100L, 30, null));
        screens.answered();
        assertThat(loaded).hasSize(4).endsWith(rejected + " c2");
    }

    @Test
    void saysHowLargeBeforeAndAfterAndWhyNot() {
        model.select(much.runs().get(1));
        list.show(new LoadState.Ready<>(new Listing<>(much.pictures(4), null, null), Screens.NOW));
        PictureRow made = list.pictures().getFirst();
        assertThat(made.size()).isEqualTo("4,000 × 3,000");
        assertThat(made.before()).isEqualTo("4.2 MB");
        // 12,403 + 182,331 bytes
        assertThat(made.after()).isEqualTo("194.7 kB");
        PictureRow rejected = list.pictures().getLast();
        assertThat(rejected.after()).isEqualTo("–");
        assertThat(rejected.remark()).isEqualTo("It is truncated: it ends in the middle.");
        model.showRuns(new LoadState.Ready<>(much.runs(), Screens.NOW));
        assertThat(model.runs())
                .extracting(PictureRunRow::progress)
                .element(2)
                .asString()
                .contains("No space left on device");
    }
}
