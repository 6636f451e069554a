package dev.slipway.client.offline;

import static dev.slipway.testing.Eventually.eventually;
import static dev.slipway.testing.Kept.NOW;
import static dev.slipway.testing.Kept.job;
import static dev.slipway.testing.Kept.jobOf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.Page;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobLine;
import dev.slipway.api.queues.JobState;
import dev.slipway.client.calls.JobQuery;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.client.kept.Jobs;
import dev.slipway.client.offline.LoadState.Failed;
import dev.slipway.client.offline.LoadState.Idle;
import dev.slipway.client.offline.LoadState.Stale;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Lists by pages.
class OfflineListIT extends KeptOffline {
    @Test
    void pagesAreKeptByWhatWasSearched() throws Exception {
        var dead = Jobs.matching(JobQuery.in(JobState.DEAD));
        store.load(dead, true, () -> new Page<>(List.of(jobOf("1"), jobOf("2")), "c", 5L));
        store.load(dead, false, () -> new Page<>(List.of(jobOf("3")), null, 5L));
        clock.forward(Duration.ofMinutes(2));
        store.connection(new ConnectionState.Offline(NOW, "gone"));

        var kept = store.read(dead.query());

        assertThat(kept)
                .isEqualTo(
                        new Stale<>(
                                new Listing<>(
                                        List.of(jobOf("1"), jobOf("2"), jobOf("3")), null, 5L),
                                NOW));
        assertThat(store.read(Jobs.matching(JobQuery.ALL).query())).isEqualTo(new Idle<>());
    }

    @Test
    void theFirstPageReplacesTheListAndTheStreamChangesItsItems() throws Exception {
        store.replace(new Resume("e", "1"), List.of());
        var all = Jobs.matching(JobQuery.ALL);
        store.load(all, true, () -> new Page<>(List.of(jobOf("1"), jobOf("2")), null, 2L));
        store.load(all, true, () -> new Page<>(List.of(jobOf("2")), null, 1L));

        store.take("2", List.of(job("2", JobState.SUCCEEDED)));

        var items = store.read(all.query()).value().orElseThrow().items();
        assertThat(items).hasSize(1);
        assertThat(items.getFirst().state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void aPageDoesNotUndoWhatTheStreamBroughtWhileItWasFetched() throws Exception {
        store.replace(new Resume("e", "1"), List.of());
        var all = Jobs.matching(JobQuery.ALL);

        store.load(
                all,
                true,
                () -> {
                    clock.forward(Duration.ofMillis(40));
                    store.take("2", List.of(job("1", JobState.SUCCEEDED)));
                    return new Page<>(List.of(jobOf("1")), null, 1L);
                });

        var items = store.read(all.query()).value().orElseThrow().items();
        assertThat(items.getFirst().state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void aPageThatCanNotBeFetchedFailsTheListOnlyIfNothingIsKept() throws Exception {
        var all = Jobs.matching(JobQuery.ALL);
        var problem = new Problem.Offline("gone");
        assertThatThrownBy(
                        () ->
                                store.load(
                                        all,
                                        true,
                                        () -> {
                                            throw new ProblemException(problem);
                                        }))
                .isInstanceOf(ProblemException.class);
        assertThat(store.read(all.query())).isEqualTo(new Failed<>(problem));

        store.load(all, true, () -> new Page<>(List.of(), null, 0L));

        assertThat(store.read(all.query()).value()).contains(new Listing<>(List.of(), null, 0L));
    }

    @Test
    void aPageIsSeenByWhoeverObservesItsKindToo() throws Exception {
        store.replace(new Resume("e", "1"), List.of());
        var seen = new ConcurrentLinkedQueue<LoadState<List<Job>>>();
        try (var _ = store.observe(Jobs.latest()).into(seen::add)) {
            eventually("the first", () -> seen.size() == 1);

            store.load(
                    Jobs.matching(JobQuery.ALL),
                    true,
                    () -> new Page<>(List.of(jobOf("j1")), null, 1L));

            eventually(
                    "the page",
                    () -> seen.stream().anyMatch(s -> s.value().orElse(List.of()).size() == 1));
        }
    }

    @Test
    void whatTheStreamDoesNotCarryIsKeptByPagesToo() throws Exception {
        store.replace(new Resume("e", "1"), List.of());
        var lines =
                List.of(
                        new JobLine(1, NOW, 1, "INFO", "begun"),
                        new JobLine(2, NOW, 1, "ERROR", "550"));
        store.load(Jobs.log("j1"), true, () -> new Page<>(lines.subList(0, 1), "1", null));
        store.load(Jobs.log("j1"), false, () -> new Page<>(lines.subList(1, 2), null, null));
        store.load(Jobs.log("j2"), true, () -> new Page<>(lines.subList(0, 1), null, null));
        store.replace(new Resume("e", "2"), List.of());

        assertThat(store.read(Jobs.log("j1").query()).value().orElseThrow().items())
                .isEqualTo(lines);
    }
}
