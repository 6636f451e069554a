package dev.slipway.backend.store;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.AuditEntry;
import dev.slipway.api.events.Kind;
import dev.slipway.backend.http.WireJson;
import dev.slipway.testing.Postgres;
import dev.slipway.testing.States;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A reader that goes by the events' numbers misses none, whoever writes at the same time.
@ParameterizedClass
@EnumSource(States.class)
class EventLogIT {
    private static final int WRITERS = 4;
    private static final int EACH = 100;

    private final States states;
    private final EventLog log = new EventLog(WireJson.mapper(), InstantSource.system());

    @TempDir Path folder;

    EventLogIT(States states) {
        this.states = states;
    }

    @Test
    void aReaderSeesEveryEventOfManyWritersOnceAndInOrder() throws Exception {
        try (var here = states.open(folder);
                var there = states.open(folder);
                var writers = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<?>> writing = new ArrayList<>();
            for (int w = 0; w < WRITERS; w++) {
                StateStore store = w % 2 == 0 ? here : there;
                String name = "w" + w + "-";
                writing.add(
                        writers.submit(
                                () -> {
                                    for (int i = 0; i < EACH; i++) {
                                        publish(store, name + i);
                                    }
                                }));
            }
            List<EventLog.Entry> seen = new ArrayList<>();
            eventually("all are read", () -> read(there, seen).size() == WRITERS * EACH);
            for (Future<?> each : writing) {
                each.get();
            }
            assertThat(read(there, seen)).hasSize(WRITERS * EACH);
            assertThat(seen).extracting(EventLog.Entry::seq).isSorted().doesNotHaveDuplicates();
            assertThat(new TreeSet<>(seen.stream().map(EventLog.Entry::id).toList()))
                    .hasSize(WRITERS * EACH);
            for (int w = 0; w < WRITERS; w++) {
                String name = "w" + w + "-";
                assertThat(seen.stream().map(EventLog.Entry::id).filter(i -> i.startsWith(name)))
                        .as("the events of one writer stay in its order")
                        .isSortedAccordingTo(
                                (a, b) ->
                                        Integer.compare(
                                                Integer.parseInt(a.substring(name.length())),
                                                Integer.parseInt(b.substring(name.length()))));
            }
        }
    }

    @Test
    void whatWasWrittenFirstAndCommittedLastIsStillTold() throws SQLException {
        if (states == States.SQLITE) {
            return; // it has one writer: the second would wait for the first
        }
        List<EventLog.Entry> seen = new ArrayList<>();
        try (var store = states.open(folder);
                Connection slow = Postgres.connect(States.database(folder))) {
            slow.setAutoCommit(false);
            try (var statement = slow.createStatement()) {
                statement.execute(
                        "INSERT INTO event (kind, id, at, json) VALUES ('audit', 'slow', 1, NULL)");
            }
            publish(store, "quick");
            assertThat(read(store, seen)).extracting(EventLog.Entry::id).containsExactly("quick");
            slow.commit();
            assertThat(read(store, seen))
                    .extracting(EventLog.Entry::id)
                    .containsExactly("quick", "slow");
        }
    }

    @Test
    void aNumberIsNeverGivenTwiceThoughAllEventsAreForgotten() {
        try (var store = states.open(folder)) {
            publish(store, "old");
            var seen = new ArrayList<EventLog.Entry>();
            long old = read(store, seen).getLast().seq();
            Instant later = Instant.now().plusSeconds(10_000);
            var future = new EventLog(WireJson.mapper(), InstantSource.fixed(later));
            assertThat(store.<Integer, RuntimeException>write(future::prune)).isEqualTo(1);
            publish(store, "new");
            assertThat(read(store, seen).getLast().seq()).isGreaterThan(old);
        }
    }

    /// Goes on where the list ends, as a client does.
    private List<EventLog.Entry> read(StateStore store, List<EventLog.Entry> seen) {
        store.numberEvents();
        long from = seen.isEmpty() ? 0 : seen.getLast().seq();
        seen.addAll(store.read(handle -> log.after(handle, from, 1_000)));
        return seen;
    }

    private void publish(StateStore store, String id) {
        var entry = new AuditEntry(1, Instant.EPOCH, "test", "TEST", id, "", 200, "");
        store.writing(handle -> log.publish(handle, Kind.AUDIT, id, entry));
    }
}
