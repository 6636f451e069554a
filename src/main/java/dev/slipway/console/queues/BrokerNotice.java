package dev.slipway.console.queues;

import dev.slipway.api.queues.BrokerStatus;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// That the broker is away which brings jobs to the workers: since when, why, what it means, and
/// what to do; or that a backend or worker is configured without it. The texts are empty while all
/// is well, and where none is used.
public final class BrokerNotice {
    private final InstantSource clock;
    private final Wording words;
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper(this, "title", "");
    private final ReadOnlyStringWrapper text = new ReadOnlyStringWrapper(this, "text", "");
    private final ReadOnlyStringWrapper meaning = new ReadOnlyStringWrapper(this, "meaning", "");
    private LoadState<List<BrokerStatus>> broker = new LoadState.Idle<>();
    private long ready;

    public BrokerNotice(InstantSource clock, Wording words) {
        this.clock = clock;
        this.words = words;
    }

    public void show(LoadState<List<BrokerStatus>> fresh) {
        broker = fresh;
        tick();
    }

    /// How many jobs are ready in all queues.
    public void showQueues(LoadState<List<QueueStatus>> fresh) {
        ready = fresh.value().orElse(List.of()).stream().mapToLong(QueueStatus::ready).sum();
        tick();
    }

    /// Brings its age up to date; called every second.
    public void tick() {
        BrokerStatus away =
                broker.value().orElse(List.of()).stream()
                        .filter(status -> status.state() == BrokerStatus.State.AWAY)
                        .findFirst()
                        .orElse(null);
        if (away != null) {
            say(title(away), meaning(away), text(away));
        } else {
            without().ifPresentOrElse(this::unlike, () -> say("", "", ""));
        }
    }

    private void say(String fresh, String means, String all) {
        title.set(fresh);
        meaning.set(means);
        text.set(all);
    }

    /// A process is configured unlike the others.
    private Optional<BrokerStatus> without() {
        return broker.value().orElse(List.of()).stream()
                .filter(status -> status.without() != null)
                .findFirst();
    }

    private void unlike(BrokerStatus status) {
        String key = status.withoutWorks() ? "jobBroker.worker" : "jobBroker.without";
        String means = words.say(key + "Means");
        say(words.say(key, String.valueOf(status.without())), means, means);
    }

    /// Without a connection it is what was last heard: the broker may be back.
    private String title(BrokerStatus away) {
        Instant now = clock.instant();
        String since = Figures.moment(away.since(), now);
        String waits =
                ready == 0
                        ? words.say("jobBroker.noneReady")
                        : words.say("jobBroker.ready", Figures.count(ready));
        return switch (broker) {
            case LoadState.Stale<List<BrokerStatus>>(_, Instant heard) ->
                    words.say("jobBroker.wasAway", since, Figures.moment(heard, now), waits);
            case LoadState.Ready<List<BrokerStatus>> _,
                    LoadState.Idle<List<BrokerStatus>> _,
                    LoadState.Loading<List<BrokerStatus>> _,
                    LoadState.Failed<List<BrokerStatus>> _ ->
                    words.say(
                            away.reachedBy() == null ? "jobBroker.away" : "jobBroker.awayHere",
                            since,
                            Figures.age(away.since(), now),
                            waits,
                            away.toldBy());
        };
    }

    private String meaning(BrokerStatus away) {
        String reaching = away.reachedBy();
        return reaching == null
                ? words.say("jobBroker.means")
                : words.say("jobBroker.reached", reaching);
    }

    private String text(BrokerStatus away) {
        String reason = away.reason();
        String why =
                reason == null
                        ? words.say("jobBroker.whyUnknown")
                        : words.say("jobBroker.why", reason, away.toldBy());
        String beside =
                away.beside().isEmpty()
                        ? ""
                        : words.say("jobBroker.beside", String.join(", ", away.beside())) + " ";
        return meaning(away)
                + " "
                + beside
                + "\n"
                + why
                + "\n"
                + words.say("jobBroker.now", away.url());
    }

    public ReadOnlyStringProperty title() {
        return title.getReadOnlyProperty();
    }

    /// What it means for the jobs, which the text begins with.
    public ReadOnlyStringProperty meaning() {
        return meaning.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty text() {
        return text.getReadOnlyProperty();
    }
}
