package dev.slipway.console.queues;

import dev.slipway.api.access.Role;
import dev.slipway.api.queues.Attempt;
import dev.slipway.api.queues.BrokerStatus;
import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.TypeStatus;
import dev.slipway.client.http.ProblemException;
import dev.slipway.client.offline.Listing;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Confirmation;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.PagedViewModel;
import dev.slipway.console.table.Pages;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The selected job's attempts, why it waits, and the command that ends it.
public final class JobLifeViewModel {
    private final Cancel cancel;
    private final Pages<String, Attempt> pages;
    private final Commander commander;
    private final Commander loader;
    private final Consumer<String> tell;
    private final Access access;
    private final InstantSource clock;
    private final Wording words;
    private final WaitText waits;
    private final PagedViewModel<Attempt> attempts;
    private final SimpleObjectProperty<@Nullable Job> job =
            new SimpleObjectProperty<>(this, "job", null);
    private final ReadOnlyStringWrapper id = new ReadOnlyStringWrapper(this, "id", "");
    private final ReadOnlyStringWrapper wait = new ReadOnlyStringWrapper(this, "wait", "");
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper(this, "note", "");
    private final Gate online;
    private final Gate cancelGate;
    private List<Hold> holds = List.of();
    private List<TypeStatus> types = List.of();
    private @Nullable BrokerStatus broker;

    /// Gives up a job that waits or runs. Blocks.
    @FunctionalInterface
    public interface Cancel {
        Job cancel(String id, String reason) throws ProblemException;
    }

    /// @param tell shows that it was done
    public JobLifeViewModel(
            Cancel cancel,
            Pages<String, Attempt> pages,
            Commander commander,
            Commander loader,
            Consumer<String> tell,
            Access access,
            InstantSource clock,
            Wording words) {
        this.cancel = cancel;
        this.pages = pages;
        this.commander = commander;
        this.loader = loader;
        this.tell = tell;
        this.access = access;
        this.clock = clock;
        this.words = words;
        this.waits = new WaitText(words);
        this.attempts = new PagedViewModel<>(Attempt::number, words);
        this.online = access.to(Role.values());
        this.cancelGate =
                access.to(Role.OPERATOR, Role.ONCALL)
                        .also(commander.busy())
                        .on(job, words.say("jobs.noneSelected"), this::whyNot);
    }

    /// @param fresh the job that is looked at, as it now stands, or null
    public void show(@Nullable Job fresh) {
        Job before = job.get();
        job.set(fresh);
        id.set(fresh == null ? "" : fresh.id());
        tick();
        if (fresh != null && !fresh.equals(before)) {
            fetch(fresh.id());
        }
    }

    public void showHolds(LoadState<List<Hold>> fresh) {
        holds = fresh.value().orElse(List.of());
        tick();
    }

    public void showTypes(LoadState<List<TypeStatus>> fresh) {
        types = fresh.value().orElse(List.of());
        tick();
    }

    /// What brings jobs to workers, if anything does.
    public void showBroker(LoadState<List<BrokerStatus>> fresh) {
        broker = fresh.value().flatMap(all -> all.stream().findFirst()).orElse(null);
        tick();
    }

    public void showAttempts(LoadState<Listing<Attempt>> fresh) {
        attempts.show(fresh);
        note.set(
                switch (fresh) {
                    case LoadState.Idle<Listing<Attempt>> _ -> words.say("attempts.notKept");
                    case LoadState.Loading<Listing<Attempt>> _ -> words.say("attempts.loading");
                    case LoadState.Failed<Listing<Attempt>>(var problem) ->
                            words.say("attempts.failed", problem.title());
                    case LoadState.Ready<Listing<Attempt>> _, LoadState.Stale<Listing<Attempt>> _ ->
                            words.say("attempts.empty");
                });
    }

    /// A pause ends by itself, and a retry comes near.
    public void tick() {
        Job now = job.get();
        wait.set(now == null ? "" : waits.of(now, holds, types, broker, clock.instant()));
    }

    private void fetch(String asked) {
        if (online.open() && loader.busy().get().isEmpty()) {
            loader.quietly(() -> pages.loadAll(asked, 1_000), _ -> fetchIfAnother(asked));
        }
    }

    /// Another job was selected while the attempts were on their way.
    private void fetchIfAnother(String loaded) {
        if (!id.get().isEmpty() && !loaded.equals(id.get())) {
            fetch(id.get());
        }
    }

    /// What a cancel would do, for a person to confirm and to give a reason for.
    public Optional<Confirmation> beforeCancel() {
        Job now = job.get();
        return now == null || !cancelGate.open()
                ? Optional.empty()
                : Optional.of(
                        new Confirmation(
                                words.say("job.cancel.ask", now.subject()),
                                words.say("job.cancel.text"),
                                words.say("job.cancel.verb"),
                                access.place(),
                                true));
    }

    public void cancel(String reason) {
        Job now = job.get();
        if (now != null && cancelGate.open()) {
            commander.give(
                    () -> cancel.cancel(now.id(), reason),
                    after ->
                            tell.accept(
                                    words.say(
                                            after.stopping()
                                                    ? "job.cancel.told"
                                                    : "job.cancel.done",
                                            after.subject())));
        }
    }

    private String whyNot(Job now) {
        if (now.stopping()) {
            return words.say("job.cancel.stopping");
        }
        return now.state().ended() ? words.say("job.cancel.ended") : "";
    }

    public PagedViewModel<Attempt> attempts() {
        return attempts;
    }

    /// Why there are no attempts to be seen.
    public ReadOnlyStringProperty note() {
        return note.getReadOnlyProperty();
    }

    /// The job whose attempts are to be observed, or empty.
    public ReadOnlyStringProperty id() {
        return id.getReadOnlyProperty();
    }

    /// Why it does not run now, or who gave it up; or empty.
    public ReadOnlyStringProperty waiting() {
        return wait.getReadOnlyProperty();
    }

    public Gate cancelGate() {
        return cancelGate;
    }
}
