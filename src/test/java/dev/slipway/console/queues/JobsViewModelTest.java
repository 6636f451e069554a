package dev.slipway.console.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobState;
import dev.slipway.client.calls.JobQuery;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.client.offline.Listing;
import dev.slipway.client.offline.LoadState;
import dev.slipway.testing.MuchData;
import dev.slipway.testing.Screens;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class JobsViewModelTest {
    private final Screens screens = new Screens();
    private final Jobs jobs = new Jobs();
    private int parts;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final JobsViewModel model =
            new JobsViewModel(
                    jobs,
                    (query, cursor) -> {
                        asked.add(query.state() + "/" + query.text() + "/" + cursor);
                        int part = cursor == null ? 0 : Integer.parseInt(cursor.substring(1));
                        return new Listing<>(
                                List.of(), part < parts ? "c" + (part + 1) : null, null);
                    },
                    screens.commander,
                    screens.loader,
                    (text, problem) -> {
                        told.add(text);
                        if (problem != null) {
                            problems.add(problem);
                        }
                    },
                    screens.access,
                    () -> Screens.NOW,
                    screens.words);
    private final List<Job> some = new MuchData(Screens.NOW).work().jobs(12);

    @Test
    void searchesOnTheServerAndPagesOn() throws Exception {
        screens.online(Role.VIEWER);
        model.filter().state().set(JobState.DEAD);
        model.filter().text().set(" Atelier ");
        model.search();
        screens.answered();
        model.paged().show(ready(new Listing<>(some, "c2", 1_000_000L)));
        model.more();
        screens.answered();

        assertThat(asked).containsExactly("DEAD/Atelier/null", "DEAD/Atelier/c2");
        assertThat(model.paged().extent().get()).isEqualTo("12 of 1,000,000 shown");
    }

    /// A page may come back short where the server looks for something rare a part at a time.
    @Test
    void looksOnByItselfUntilThereIsAPage() throws Exception {
        screens.online(Role.VIEWER);
        parts = 3;
        model.filter().text().set("rare");
        model.search();
        screens.answered();

        assertThat(asked)
                .containsExactly("null/rare/null", "null/rare/c1", "null/rare/c2", "null/rare/c3");
        assertThat(model.onFirstPage()).as("is not looked for again by itself").isFalse();
    }

    @Test
    void offlineItSaysHowMuchIsKeptAndAsksForNoMore() {
        screens.offline();
        model.paged()
                .show(new LoadState.Stale<>(new Listing<>(some, "c2", 1_000_000L), Screens.NOW));
        model.more();
        model.search();

        assertThat(model.paged().extent().get()).startsWith("12 of 1,000,000 kept");
        assertThat(model.moreGate().reason().get()).contains("can't be reached");
        assertThat(asked).isEmpty();
    }

    @Test
    void retriesThoseOfTheSelectedThatAreDeadOrDiscarded() throws Exception {
        screens.online(Role.OPERATOR);
        model.selected().setAll(some);
        model.retry();
        screens.answered();

        List<String> expected =
                some.stream()
                        .filter(j -> j.state() == JobState.DEAD || j.state() == JobState.DISCARDED)
                        .map(Job::id)
                        .toList();
        assertThat(jobs.retried).containsExactlyElementsOf(expected);
        assertThat(told)
                .containsExactly(
                        expected.size() + " of " + expected.size() + " put back into the queue");
    }

    @Test
    void aJobThatIsRefusedIsPassedOverAndSaid() throws Exception {
        screens.online(Role.ONCALL);
        List<Job> dead = some.stream().filter(j -> j.state() == JobState.DEAD).toList();
        jobs.refused = dead.getFirst().id();
        model.selected().setAll(dead);
        model.retry();
        screens.answered();

        assertThat(told.getFirst()).startsWith((dead.size() - 1) + " of " + dead.size());
        assertThat(problems).extracting(Problem::detail).containsExactly("It runs already.");
    }

    @Test
    void aLostBackendEndsTheRest() throws Exception {
        screens.online(Role.ONCALL);
        jobs.away = true;
        model.selected().setAll(some.stream().filter(j -> j.state() == JobState.DEAD).toList());
        model.retry();
        screens.answered();

        assertThat(jobs.retried).hasSize(1);
        assertThat(told.getFirst()).startsWith("0 of ");
        assertThat(problems).singleElement().isInstanceOf(Problem.Offline.class);
    }

    @Test
    void discardsWithAReasonAfterItWasConfirmed() throws Exception {
        screens.online(Role.OPERATOR, true);
        model.selected()
                .setAll(some.stream().filter(j -> j.state() == JobState.DEAD).limit(1).toList());
        var confirmation = model.beforeDiscard().orElseThrow();
        assertThat(confirmation.title()).contains("Atelier 0");
        assertThat(confirmation.complete("", "gone")).isFalse();
        assertThat(confirmation.complete("shop-live", "")).isFalse();
        assertThat(confirmation.complete("shop-live", "gone")).isTrue();

        model.discard("vendor left");
        screens.answered();
        assertThat(jobs.discarded).containsExactly("job-100000 vendor left");
    }

    @Test
    void othersMayNotAndOfflineNobodyCan() {
        model.selected().setAll(some);
        screens.online(Role.FINANCE);
        assertThat(model.retryGate().reason().get()).contains("finance");
        screens.offline();
        model.retry();
        assertThat(model.beforeDiscard()).isEmpty();
        assertThat(jobs.retried).isEmpty();
        screens.online(Role.ADMIN);
        model.selected().clear();
        assertThat(model.retryGate().reason().get()).contains("Select a job");
    }

    @Test
    void showsTheDeadJobsOfAFault() throws Exception {
        screens.online(Role.VIEWER);
        model.filter().text().set("something");
        model.showFault("f1a9c0de");
        screens.answered();
        assertThat(model.query().get())
                .isEqualTo(new JobQuery(null, null, JobState.DEAD, "f1a9c0de", null, null, null));
        model.clear();
        assertThat(model.query().get()).isEqualTo(JobQuery.ALL);
    }

    private static <T> LoadState<T> ready(T data) {
        return new LoadState.Ready<>(data, Screens.NOW);
    }

    private static final class Jobs implements JobCommands {
        final List<String> retried = new CopyOnWriteArrayList<>();
        final List<String> discarded = new CopyOnWriteArrayList<>();
        volatile @Nullable String refused;
        volatile boolean away;

        @Override
        public Job retry(String id) throws ProblemException {
            if (id.equals(refused)) {
                throw Screens.refused(409, "It runs already.");
            }
            retried.add(id);
            if (away) {
                throw Screens.unreachable();
            }
            return new MuchData(Screens.NOW).work().jobs(1).getFirst();
        }

        @Override
        public Job discard(String id, String reason) {
            discarded.add(id + " " + reason);
            return new MuchData(Screens.NOW).work().jobs(1).getFirst();
        }
    }
}
