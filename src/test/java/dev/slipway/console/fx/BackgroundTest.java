package dev.slipway.console.fx;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Page;
import dev.slipway.client.calls.JobQuery;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.client.kept.Jobs;
import dev.slipway.client.offline.OfflineStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

class BackgroundTest {
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Runnable> ui = new ConcurrentLinkedQueue<>();
    private final Background background = new Background(ui::add);

    @Test
    void theOutcomeIsToldOnTheUiExecutorOnly() {
        background.run(() -> "done").onSuccess(heard::add).onEnd(() -> heard.add("end"));
        eventually("queued", () -> ui.size() == 2);
        assertThat(heard).isEmpty();

        ui.forEach(Runnable::run);

        assertThat(heard).containsExactly("done", "end");
    }

    @Test
    void whoAsksLateIsToldToo() {
        var ended = new CountDownLatch(1);
        var work =
                background.run(
                        () -> {
                            ended.countDown();
                            return "done";
                        });
        eventually("ended", () -> ended.getCount() == 0);

        work.onSuccess(heard::add);

        eventually("queued", () -> ui.size() == 1);
        ui.forEach(Runnable::run);
        assertThat(heard).containsExactly("done");
    }

    @Test
    void whatComesTooLateForAClosedStoreIsNoFault(@TempDir Path folder) {
        var store =
                OfflineStore.open(
                        folder.resolve("offline.sqlite"),
                        1_000_000,
                        ui::add,
                        InstantSource.system());
        store.close();
        var tried = new CountDownLatch(1);

        background
                .run(
                        () -> {
                            try {
                                return store.load(
                                        Jobs.matching(JobQuery.ALL),
                                        true,
                                        () -> new Page<>(List.of(), null, 0L));
                            } finally {
                                tried.countDown();
                            }
                        })
                .onProblem(problem -> heard.add(problem.title()))
                .onEnd(() -> heard.add("end"));
        background.run(() -> "later").onEnd(() -> heard.add("later"));
        eventually("tried", () -> tried.getCount() == 0);
        eventually("queued", () -> !ui.isEmpty());
        ui.forEach(Runnable::run);

        assertThat(heard).containsExactly("later");
    }

    @Test
    void aProblemIsNoSuccess() {
        background
                .run(
                        () -> {
                            throw new ProblemException(new Problem.Offline("x"));
                        })
                .onSuccess(_ -> heard.add("wrong"))
                .onProblem(problem -> heard.add(problem.title()));
        eventually("queued", () -> ui.size() == 2);

        ui.forEach(Runnable::run);

        assertThat(heard).containsExactly("The backend can't be reached");
    }

    @Test
    void theSameFaultHasTheSameCode() {
        Problem.Bug one = Background.bug(fault("a"));
        Problem.Bug other = Background.bug(fault("b"));

        assertThat(one.code()).isEqualTo(other.code()).matches("S[0-9A-F]{4}");
        assertThat(one.detail()).contains("IllegalStateException: a").contains("fault(");
        assertThat(Background.bug(new NullPointerException()).code()).isNotEqualTo(one.code());
    }

    private static RuntimeException fault(String text) {
        return new IllegalStateException(text);
    }
}
