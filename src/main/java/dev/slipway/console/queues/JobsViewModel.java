package dev.slipway.console.queues;

import dev.slipway.api.access.Role;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobState;
import dev.slipway.client.calls.JobQuery;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.client.offline.Listing;
import dev.slipway.console.command.Access;
import dev.slipway.console.command.Commander;
import dev.slipway.console.command.Confirmation;
import dev.slipway.console.command.Gate;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.PagedViewModel;
import dev.slipway.console.table.Pages;

import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;

/// The jobs: searched on the server, shown from the store, repaired one or many at a time.
public final class JobsViewModel {
    private static final Set<JobState> RETRYABLE = EnumSet.of(JobState.DEAD, JobState.DISCARDED);
    private static final Set<JobState> DISCARDABLE =
            EnumSet.of(JobState.DEAD, JobState.READY, JobState.RETRYING, JobState.RUNNING);

    /// What the server gives of a list at once, and how many parts are looked through by
    /// themselves.
    private static final int PAGE = 100;

    private static final int MOST_PARTS = 500;

    private final JobCommands commands;
    private final Pages<JobQuery, Job> pages;
    private final Commander commander;
    private final Commander loader;
    private final BiConsumer<String, @Nullable Problem> tell;
    private final Access access;
    private final Wording words;

    private final JobFilterViewModel filter;
    private final ReadOnlyObjectWrapper<JobQuery> query =
            new ReadOnlyObjectWrapper<>(this, "query", JobQuery.ALL);
    private final PagedViewModel<Job> paged;
    private final ObservableList<Job> selected = FXCollections.observableArrayList();
    private final Gate online;
    private final Gate moreGate;
    private final Gate retryGate;
    private final Gate discardGate;
    private volatile boolean pagedOn;

    /// What is searched for now, for the search that is under way.
    private volatile JobQuery wanted = JobQuery.ALL;

    /// @param tell shows what became of a command: a text, and the problem that it met if any
    public JobsViewModel(
            JobCommands commands,
            Pages<JobQuery, Job> pages,
            Commander commander,
            Commander loader,
            BiConsumer<String, @Nullable Problem> tell,
            Access access,
            InstantSource clock,
            Wording words) {
        this.filter = new JobFilterViewModel(clock, words);
        this.commands = commands;
        this.pages = pages;
        this.commander = commander;
        this.loader = loader;
        this.tell = tell;
        this.access = access;
        this.words = words;
        this.paged = new PagedViewModel<>(Job::id, words);
        this.online = access.to(Role.values());
        this.moreGate = online.also(loader.busy()).also(paged.noMore());
        Gate repair = access.to(Role.OPERATOR, Role.ONCALL).also(commander.busy());
        this.retryGate = repair.also(whyNot(RETRYABLE, "jobs.noneToRetry"));
        this.discardGate = repair.also(whyNot(DISCARDABLE, "jobs.noneToDiscard"));
    }

    /// Searches by the filters as they stand.
    public void search() {
        if (filter.problem().getValue().isEmpty()) {
            pagedOn = false;
            query.set(filter.query());
            wanted = query.get();
            refresh();
        }
    }

    /// Shows the dead jobs of one fault.
    public void showFault(String fault) {
        filter.showFault(fault);
        search();
    }

    public void clear() {
        filter.clear();
        search();
    }

    /// Loads the first page again, unless someone has paged on: that would take the rows away from
    /// under their eyes.
    public void refresh() {
        if (online.open() && loader.busy().get().isEmpty()) {
            load(null);
        }
    }

    /// Whether only the first page is here.
    public boolean onFirstPage() {
        return !pagedOn;
    }

    public void more() {
        if (moreGate.open()) {
            pagedOn = true;
            load(paged.next());
        }
    }

    public void retry() {
        if (retryGate.open()) {
            repair("jobs.retried", RETRYABLE, job -> commands.retry(job.id()));
        }
    }

    public void discard(String reason) {
        if (discardGate.open()) {
            repair("jobs.discarded", DISCARDABLE, job -> commands.discard(job.id(), reason));
        }
    }

    /// Names what a discard would take, for a person to confirm and to give a reason for.
    public Optional<Confirmation> beforeDiscard() {
        List<Job> jobs = among(DISCARDABLE);
        return discardGate.open()
                ? Optional.of(
                        new Confirmation(
                                words.say(
                                        jobs.size() == 1 ? "jobs.discard.one" : "jobs.discard.many",
                                        jobs.size(),
                                        jobs.getFirst().subject()),
                                words.say("jobs.discard.text"),
                                words.say("jobs.discard.verb", jobs.size()),
                                access.place(),
                                true))
                : Optional.empty();
    }

    private void load(@Nullable String cursor) {
        JobQuery asked = query.get();
        wanted = asked;
        int more = cursor == null ? PAGE : paged.items().size() + PAGE;
        Callable<JobQuery> page =
                () -> {
                    searchOn(asked, pages.load(asked, cursor), more);
                    return asked;
                };
        if (cursor == null) {
            loader.quietly(page, this::searchAgainIfChanged);
        } else {
            loader.give(page, this::searchAgainIfChanged);
        }
    }

    /// The server looks for a rare text a part at a time, and a page may come back short: then the
    /// next one is fetched as well, until there is a whole page more or someone asks for something
    /// else. Not on the UI thread.
    private void searchOn(JobQuery asked, Listing<Job> first, int enough) throws ProblemException {
        Listing<Job> kept = first;
        String next = kept.next();
        for (int i = 0; i < MOST_PARTS && next != null; i++) {
            if (kept.items().size() >= enough || !asked.equals(wanted)) {
                return;
            }
            // what took long to find is not looked for anew every few seconds
            pagedOn = true;
            kept = pages.load(asked, next);
            next = kept.next();
        }
    }

    /// A search that was begun while a page was on its way.
    private void searchAgainIfChanged(JobQuery loaded) {
        if (!loaded.equals(query.get())) {
            load(null);
        }
    }

    private void repair(String done, Set<JobState> states, Several repair) {
        List<Job> jobs = among(states);
        commander.give(
                () -> repair.to(jobs),
                outcome ->
                        tell.accept(
                                words.say(done, outcome.done(), outcome.asked()),
                                outcome.problem()));
    }

    private List<Job> among(Set<JobState> states) {
        return selected.stream().filter(job -> states.contains(job.state())).toList();
    }

    private ObservableValue<String> whyNot(Set<JobState> states, String key) {
        return Bindings.createStringBinding(
                () ->
                        selected.isEmpty()
                                ? words.say("jobs.noneSelected")
                                : among(states).isEmpty() ? words.say(key) : "",
                selected);
    }

    public JobFilterViewModel filter() {
        return filter;
    }

    /// What is searched for, and so which list is to be observed.
    public ReadOnlyObjectProperty<JobQuery> query() {
        return query.getReadOnlyProperty();
    }

    public PagedViewModel<Job> paged() {
        return paged;
    }

    public ObservableList<Job> selected() {
        return selected;
    }

    /// Whether the backend can be asked.
    public Gate online() {
        return online;
    }

    public Gate moreGate() {
        return moreGate;
    }

    public Gate retryGate() {
        return retryGate;
    }

    public Gate discardGate() {
        return discardGate;
    }
}
