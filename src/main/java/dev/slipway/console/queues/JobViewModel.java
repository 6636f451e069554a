package dev.slipway.console.queues;

import dev.slipway.api.access.Role;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobLine;
import dev.slipway.api.queues.Priority;
import dev.slipway.client.offline.Listing;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;
import dev.slipway.console.table.PagedViewModel;
import dev.slipway.console.table.Pages;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;

/// One job: where it stands, its attempts, its error and its log.
public final class JobViewModel {
    /// That many lines are fetched without being asked for.
    private static final int MOST = 2_000;

    private final Pages<String, JobLine> pages;
    private final Commander loader;
    private final InstantSource clock;
    private final Wording words;
    private final PagedViewModel<JobLine> log;
    private final ReadOnlyObjectWrapper<@Nullable JobRow> row =
            new ReadOnlyObjectWrapper<>(this, "row", null);
    private final ReadOnlyStringWrapper id = new ReadOnlyStringWrapper(this, "id", "");
    private final ReadOnlyStringWrapper facts = new ReadOnlyStringWrapper(this, "facts", "");
    private final ReadOnlyStringWrapper logNote = new ReadOnlyStringWrapper(this, "logNote", "");
    private final Gate online;
    private final Gate moreGate;

    public JobViewModel(
            Pages<String, JobLine> pages,
            Commander loader,
            Access access,
            InstantSource clock,
            Wording words) {
        this.pages = pages;
        this.loader = loader;
        this.clock = clock;
        this.words = words;
        this.log = new PagedViewModel<>(JobLine::seq, words);
        this.online = access.to(Role.values());
        this.moreGate = online.also(loader.busy()).also(log.noMore());
    }

    /// @param job the job that is looked at, or null
    public void show(@Nullable Job job) {
        JobRow before = row.get();
        if (job == null) {
            row.set(null);
            facts.set("");
            id.set("");
            return;
        }
        row.set(JobRow.of(job, clock.instant(), words));
        facts.set(describe(job));
        id.set(job.id());
        if (before == null || !before.job().equals(job)) {
            fetch(job.id());
        }
    }

    /// Further lines, where there are more than were fetched by themselves.
    public void more() {
        if (moreGate.open()) {
            String asked = id.get();
            String next = log.next();
            loader.give(() -> pages.load(asked, next), _ -> {});
        }
    }

    private void fetch(String asked) {
        if (online.open() && loader.busy().get().isEmpty()) {
            loader.quietly(() -> pages.loadAll(asked, MOST), _ -> fetchIfAnother(asked));
        }
    }

    /// Another job was selected while the log was on its way.
    private void fetchIfAnother(String loaded) {
        if (!id.get().isEmpty() && !loaded.equals(id.get())) {
            fetch(id.get());
        }
    }

    public void showLog(LoadState<Listing<JobLine>> fresh) {
        log.show(fresh);
        logNote.set(
                switch (fresh) {
                    case LoadState.Idle<Listing<JobLine>> _ -> words.say("job.log.notKept");
                    case LoadState.Loading<Listing<JobLine>> _ -> words.say("job.log.loading");
                    case LoadState.Failed<Listing<JobLine>>(var problem) ->
                            words.say("job.log.failed", problem.title());
                    case LoadState.Ready<Listing<JobLine>> _, LoadState.Stale<Listing<JobLine>> _ ->
                            words.say("job.log.empty");
                });
    }

    private String describe(Job job) {
        String worker = job.worker();
        return words.say(
                "job.facts",
                job.id(),
                job.type(),
                job.queue(),
                Figures.moment(job.createdAt(), clock.instant()),
                Figures.moment(job.startedAt(), clock.instant()),
                Figures.moment(job.endedAt(), clock.instant()),
                worker == null ? Figures.UNKNOWN : worker,
                progress(job),
                job.priority() == Priority.NORMAL ? "" : words.of("priority", job.priority()));
    }

    private String progress(Job job) {
        return job.total() > 0
                ? words.say("job.progress", Figures.count(job.done()), Figures.count(job.total()))
                : words.say("job.progress.unknown", Figures.count(job.done()));
    }

    public ReadOnlyObjectProperty<@Nullable JobRow> row() {
        return row.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty facts() {
        return facts.getReadOnlyProperty();
    }

    /// The job whose log is to be observed, or empty.
    public ReadOnlyStringProperty id() {
        return id.getReadOnlyProperty();
    }

    public PagedViewModel<JobLine> log() {
        return log;
    }

    /// Why there is no log to be seen.
    public ReadOnlyStringProperty logNote() {
        return logNote.getReadOnlyProperty();
    }

    public Gate moreGate() {
        return moreGate;
    }
}
