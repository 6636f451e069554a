package dev.slipway.console.queues;

import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobLine;
import dev.slipway.client.Problem;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.Background;
import dev.slipway.console.table.Figures;
import dev.slipway.console.table.Rows;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.time.InstantSource;
import java.util.List;

/// One job: where it stands, its attempts, its error and its log.
public final class JobViewModel {
    private final JobCommands commands;
    private final Background background;
    private final InstantSource clock;
    private final Wording words;
    private final ReadOnlyObjectWrapper<@Nullable JobRow> row =
            new ReadOnlyObjectWrapper<>(this, "row", null);
    private final ReadOnlyStringWrapper facts = new ReadOnlyStringWrapper(this, "facts", "");
    private final ReadOnlyStringWrapper logNote = new ReadOnlyStringWrapper(this, "logNote", "");
    private final ObservableList<JobLine> log = FXCollections.observableArrayList();

    public JobViewModel(
            JobCommands commands, Background background, InstantSource clock, Wording words) {
        this.commands = commands;
        this.background = background;
        this.clock = clock;
        this.words = words;
    }

    /// @param job the job that is looked at, or null
    public void show(@Nullable Job job) {
        JobRow before = row.get();
        if (job == null) {
            row.set(null);
            facts.set("");
            log.clear();
            logNote.set("");
            return;
        }
        boolean another = before == null || !before.job().id().equals(job.id());
        row.set(JobRow.of(job, clock.instant(), words));
        facts.set(describe(job));
        if (another) {
            log.clear();
        }
        if (another || !before.job().equals(job)) {
            loadLog(job.id());
        }
    }

    private void loadLog(String id) {
        logNote.set(log.isEmpty() ? words.say("job.log.loading") : "");
        background
                .run(() -> commands.log(id))
                .onSuccess(lines -> showLog(id, lines))
                .onProblem(problem -> noLog(id, problem));
    }

    private void showLog(String id, List<JobLine> lines) {
        if (isShown(id)) {
            Rows.show(log, lines, JobLine::seq);
            logNote.set(lines.isEmpty() ? words.say("job.log.empty") : "");
        }
    }

    private void noLog(String id, Problem problem) {
        if (isShown(id)) {
            logNote.set(words.say("job.log.failed", problem.title()));
        }
    }

    private boolean isShown(String id) {
        JobRow shown = row.get();
        return shown != null && shown.job().id().equals(id);
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
                progress(job));
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

    public ObservableList<JobLine> log() {
        return log;
    }

    /// Why there is no log to be seen, or empty.
    public ReadOnlyStringProperty logNote() {
        return logNote.getReadOnlyProperty();
    }
}
