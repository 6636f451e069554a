package dev.slipway.console.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.tasks.Picture;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.testing.MuchPictures;
import dev.slipway.testing.Screens;
import dev.slipway.testing.SmallDisk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

class PreviewViewModelTest {
    private final Screens screens = new Screens();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<Picture> pictures = new MuchPictures(Screens.NOW).pictures(4);
    private final List<String> told = new ArrayList<>();
    private final PreviewViewModel model =
            new PreviewViewModel(
                    file -> {
                        byte[] bytes = files.get(file);
                        if (bytes == null) {
                            throw new ProblemException(new Problem.Offline("Cut."));
                        }
                        return bytes;
                    },
                    screens.background,
                    screens.problems::add,
                    told::add,
                    screens.words);

    @TempDir Path folder;

    @Test
    void showsWhatWasMadeWithItsSizesAndKeepsToTheSizeThatWasChosen() throws Exception {
        byte[] list = MuchPictures.file(320, 240);
        files.put(pictures.getFirst().files().getFirst(), list);
        files.put(pictures.getFirst().files().getLast(), MuchPictures.file(4_000, 3_000));
        files.put(pictures.get(1).files().getLast(), MuchPictures.file(64, 48));
        model.show(pictures.getFirst());
        screens.await(() -> model.state().get() instanceof PreviewState.Open);
        assertThat(model.facts().get())
                .isEqualTo(
                        "Before: 4,000 × 3,000 pixels, 4.2 MB\nAfter: 320 × 240 pixels, "
                                + "%.1f kB".formatted(list.length / 1_000.0));
        model.chosen().set(pictures.getFirst().files().getLast());
        screens.await(() -> model.facts().get().contains("After: 4,000 × 3,000"));
        // and decoded no larger than it is looked at
        if (model.state().get() instanceof PreviewState.Open(var preview)) {
            assertThat(preview.image().getWidth()).isLessThanOrEqualTo(Preview.LONGEST);
        }
        model.show(pictures.get(1));
        screens.await(() -> model.facts().get().contains("After: 64 × 48"));
        assertThat(PreviewViewModel.size(model.chosen().get())).isEqualTo("page");
    }

    @Test
    void whatWasRejectedSaysWhyAndWhatCantBeFetchedIsTriedAgain() throws Exception {
        assertThat(model.state().get()).isInstanceOf(PreviewState.Nothing.class);
        model.show(pictures.getLast());
        assertThat(model.state().get())
                .isEqualTo(
                        new PreviewState.Nothing(
                                "Nothing was made of it. It is truncated: it ends in the"
                                        + " middle."));
        model.show(pictures.getFirst());
        screens.await(() -> model.state().get() instanceof PreviewState.Failed);
        files.put(pictures.getFirst().files().getFirst(), MuchPictures.file(32, 24));
        model.retry();
        screens.await(() -> model.state().get() instanceof PreviewState.Open);
    }

    /// As it was made, whatever the backend does meanwhile: it is kept.
    @Test
    void whatIsSeenIsSavedUnderAGoodNameAndReplacesWhatWasThere() throws Exception {
        assertThat(model.saveGate().reason().get()).startsWith("There is no picture");
        assertThat(model.fileName()).isEmpty();
        byte[] list = MuchPictures.file(320, 240);
        String made = pictures.getFirst().files().getFirst();
        files.put(made, list);
        model.show(pictures.getFirst());
        screens.await(() -> model.saveGate().open());
        String name = pictures.getFirst().name();
        String stem = name.substring(name.lastIndexOf('/') + 1, name.lastIndexOf('.'));
        assertThat(model.fileName())
                .isEqualTo(stem + "-list" + made.substring(made.lastIndexOf('.')));
        Path to = java.nio.file.Files.writeString(folder.resolve("mine.jpg"), "before");
        screens.offline();
        model.save(to);
        screens.await(() -> !told.isEmpty());
        assertThat(told).containsExactly("Saved as " + to + ".");
        assertThat(to).hasBinaryContent(list);
        assertThat(folder).isDirectoryContaining(to::equals);
        assertThat(folder.toFile().list()).containsExactly("mine.jpg");

        model.show(null);
        model.save(folder.resolve("nothing.jpg"));
        assertThat(folder.toFile().list()).containsExactly("mine.jpg");
    }

    /// No rights, a folder in its place, a full disk: nothing half is left, and what was there is.
    @Test
    void whatCantBeWrittenIsToldAndWhatWasThereStays() throws Exception {
        byte[] list = MuchPictures.file(320, 240);
        files.put(pictures.getFirst().files().getFirst(), list);
        model.show(pictures.getFirst());
        screens.await(() -> model.saveGate().open());
        Path inItsPlace = folder.resolve("taken");
        java.nio.file.Files.createDirectories(inItsPlace.resolve("full"));
        model.save(inItsPlace);
        screens.await(() -> screens.problems.size() == 1);
        model.save(folder.resolve("no/such/folder/x.jpg"));
        screens.await(() -> screens.problems.size() == 2);
        assertThat(screens.problems).extracting("title").containsOnly("It was not saved");
        assertThat(screens.problems.getFirst().detail())
                .contains("taken was not written")
                .contains("A file that was there is as it was");
        assertThat(folder.toFile().list()).containsExactly("taken");

        try (var disk = SmallDisk.mount(folder.resolve("small"), 1)) {
            Path to = java.nio.file.Files.writeString(disk.folder().resolve("x.jpg"), "before");
            disk.fill(100);
            model.save(to);
            screens.await(() -> screens.problems.size() == 3);
            assertThat(to).hasContent("before");
            assertThat(disk.folder().resolve("x.jpg.part")).doesNotExist();
        }
        assertThat(told).isEmpty();
    }

    @Test
    void whatIsNoPictureIsToldAndNotShown() throws Exception {
        byte[] cut = java.util.Arrays.copyOf(MuchPictures.file(320, 240), 200);
        for (byte[] bytes : List.of(new byte[0], "<html>".getBytes("UTF-8"), cut)) {
            files.put(pictures.getFirst().files().getFirst(), bytes);
            model.show(null);
            model.show(pictures.getFirst());
            screens.await(() -> model.state().get() instanceof PreviewState.Failed);
            assertThat(((PreviewState.Failed) model.state().get()).problem().detail())
                    .startsWith("What the backend sent is no picture.");
        }
    }
}
