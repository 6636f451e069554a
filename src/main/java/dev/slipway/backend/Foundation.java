package dev.slipway.backend;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.backend.access.AccessService;
import dev.slipway.backend.access.AuditLog;
import dev.slipway.backend.access.Sessions;
import dev.slipway.backend.http.Commands;
import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.queues.JobQueue;
import dev.slipway.backend.queues.SqlJobQueue;
import dev.slipway.backend.queues.holds.Holds;
import dev.slipway.backend.rounds.Rounds;
import dev.slipway.backend.store.DatabaseTime;
import dev.slipway.backend.store.EventLog;
import dev.slipway.backend.store.OwnerOnly;
import dev.slipway.backend.store.StateStore;
import dev.slipway.backend.stream.LiveStream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/// What every feature stands on: the state, its event log, the queue, and who may do what.
final class Foundation implements AutoCloseable {
    private static final Duration WATCH = Duration.ofSeconds(5);

    private final Rounds watching = new Rounds(Foundation.class, "other-servers");
    final BackendSettings settings;
    final InstantSource clock;

    /// What jobs go by, on whatever machine.
    final InstantSource time;

    final ObjectMapper json = WireJson.mapper();
    final StateStore store;
    private final Optional<DatabaseTime> databaseTime;
    final EventLog events;
    final AuditLog audit;
    final Sessions sessions;
    final AccessService access;
    final Commands commands;
    final LiveStream stream;
    final JobQueue queue;
    final Holds holds;

    Foundation(BackendSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        store = open(settings);
        databaseTime = time(store, clock);
        time = databaseTime.<InstantSource>map(shared -> shared).orElse(clock);
        events = new EventLog(json, clock);
        audit = new AuditLog(store, events, clock);
        sessions = new Sessions(store, clock);
        access = new AccessService(store, sessions, clock, settings.state());
        commands = new Commands(store, audit, clock);
        stream = new LiveStream(store, events, json);
        holds = new Holds(events, time);
        queue = new SqlJobQueue(json, events, time, new SecureRandom());
    }

    /// A clock that was made for a test is nobody's machine's, and all go by it.
    private static Optional<DatabaseTime> time(StateStore store, InstantSource clock) {
        return clock.equals(InstantSource.system())
                ? DatabaseTime.of(store, clock)
                : Optional.empty();
    }

    /// The folder is there in any case: measurements and archived invoices stand in it.
    private static StateStore open(BackendSettings settings) {
        try {
            OwnerOnly.folder(settings.state());
        } catch (IOException e) {
            throw new UncheckedIOException("can't use the state folder " + settings.state(), e);
        }
        return settings.database()
                .map(StateStore::open)
                .orElseGet(() -> StateStore.open(settings.state()));
    }

    /// Looks after the commands of servers that died.
    void watch(Set<String> outside) {
        watching.every(
                WATCH,
                WATCH,
                "the other servers can't be looked after",
                () -> commands.watch(outside));
    }

    @Override
    public void close() {
        watching.close();
        stream.close();
        databaseTime.ifPresent(DatabaseTime::close);
        store.close();
    }
}
