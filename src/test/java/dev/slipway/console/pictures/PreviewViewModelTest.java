package dev.slipway.console.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.tasks.Picture;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.testing.MuchPictures;
import dev.slipway.testing.Screens;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

class PreviewViewModelTest {
    private final Screens screens = new Screens();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final List<Picture> pictures = new MuchPictures(Screens.NOW).pictures(4);
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
                    screens.words);

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
