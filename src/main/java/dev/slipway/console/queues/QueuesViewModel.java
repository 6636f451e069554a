package dev.slipway.console.queues;

import dev.slipway.api.queues.FailureGroup;
import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.HoldKind;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Rows;

import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;

/// The queues with what is wrong first, and the faults that dead jobs died of.
public final class QueuesViewModel {
    private final InstantSource clock;
    private final Wording words;
    private final BrokerNotice broker;
    private List<Hold> holds = List.of();
    private final ObservableList<QueueRow> queues = FXCollections.observableArrayList();
    private final ObservableList<FailureRow> failures = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<LoadState<List<QueueStatus>>> queuesState =
            new ReadOnlyObjectWrapper<>(this, "queuesState", new LoadState.Idle<>());
    private final ReadOnlyObjectWrapper<LoadState<List<FailureGroup>>> failuresState =
            new ReadOnlyObjectWrapper<>(this, "failuresState", new LoadState.Idle<>());

    public QueuesViewModel(InstantSource clock, Wording words) {
        this.clock = clock;
        this.words = words;
        this.broker = new BrokerNotice(clock, words);
    }

    /// What is paused; the queues' rows say so.
    public void showHolds(LoadState<List<Hold>> fresh) {
        holds = fresh.value().orElse(List.of());
        showQueues(queuesState.get());
    }

    public void showQueues(LoadState<List<QueueStatus>> fresh) {
        queuesState.set(fresh);
        broker.showQueues(fresh);
        List<QueueRow> rows =
                fresh.value().orElse(List.of()).stream()
                        .map(queue -> row(queue, clock.instant()))
                        .sorted(QueueRow.WORST_FIRST)
                        .toList();
        Rows.show(queues, rows, row -> row.status().name());
    }

    private QueueRow row(QueueStatus queue, Instant now) {
        Hold hold = HoldText.find(holds, HoldKind.QUEUE, queue.name(), now).orElse(null);
        return QueueRow.of(queue, hold, now, words);
    }

    public void showFailures(LoadState<List<FailureGroup>> fresh) {
        failuresState.set(fresh);
        List<FailureRow> rows =
                fresh.value().orElse(List.of()).stream()
                        .sorted(Comparator.comparing(FailureGroup::last).reversed())
                        .map(group -> FailureRow.of(group, clock.instant()))
                        .toList();
        Rows.show(failures, rows, row -> row.group().fingerprint());
    }

    /// Brings ages up to date; called every second.
    public void tick() {
        showQueues(queuesState.get());
    }

    /// What brings jobs to the workers.
    public BrokerNotice broker() {
        return broker;
    }

    public ObservableList<QueueRow> queues() {
        return queues;
    }

    public ObservableList<FailureRow> failures() {
        return failures;
    }

    public ReadOnlyObjectProperty<LoadState<List<QueueStatus>>> queuesState() {
        return queuesState.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<LoadState<List<FailureGroup>>> failuresState() {
        return failuresState.getReadOnlyProperty();
    }
}
