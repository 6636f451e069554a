package dev.slipway.backend.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.RawValue;

import dev.slipway.api.events.Change;
import dev.slipway.backend.rounds.Rounds;
import dev.slipway.backend.store.EventLog;
import dev.slipway.backend.store.EventLog.Entry;
import dev.slipway.backend.store.EventLog.Position;
import dev.slipway.backend.store.StateStore;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// Tails the event log, whichever process wrote to it, and hands every event to all who listen.
public final class LiveStream implements LiveFeed, AutoCloseable {
    private static final Logger LOG = System.getLogger(LiveStream.class.getName());
    private static final Duration POLL = Duration.ofMillis(150);
    private static final Duration PRUNE = Duration.ofSeconds(20);
    private static final int PAGE = 500;

    private final StateStore store;
    private final EventLog log;
    private final ObjectMapper json;
    private final String epoch;
    private final Rounds tailing = new Rounds(LiveStream.class, "event-tailer");
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Listener> listeners = new ArrayList<>();
    private long tailed;

    public LiveStream(StateStore store, EventLog log, ObjectMapper json) {
        this.store = store;
        this.log = log;
        this.json = json;
        Position position = position();
        epoch = position.epoch();
        tailed = position.last();
    }

    public void start() {
        tailing.every(POLL, POLL, "the event log could not be read; trying again", this::tail);
        tailing.every(PRUNE, PRUNE, "the event log could not be pruned", this::prune);
    }

    public String epoch() {
        return epoch;
    }

    /// How far the log reaches at this moment.
    public Position position() {
        store.numberEvents();
        return store.read(log::position);
    }

    @Override
    public void push(Change change) {
        offer(Frame.passing("change", write(change)));
    }

    /// Adds a listener: it gets every event after the place that is returned.
    long join(Listener listener) {
        long pruned = store.read(log::position).pruned();
        lock.lock();
        try {
            skip(pruned);
            listeners.add(listener);
            return tailed;
        } finally {
            lock.unlock();
        }
    }

    void leave(Listener listener) {
        lock.lock();
        try {
            listeners.remove(listener);
        } finally {
            lock.unlock();
        }
        listener.leave();
    }

    int listeners() {
        lock.lock();
        try {
            return listeners.size();
        } finally {
            lock.unlock();
        }
    }

    /// The events after one, oldest first, or null if some of them are gone already.
    @Nullable List<Frame> after(long seq) {
        store.numberEvents();
        return store.read(
                handle -> {
                    Position position = log.position(handle);
                    if (!position.reaches(epoch, seq)) {
                        return null;
                    }
                    return log.after(handle, seq, PAGE).stream().map(this::frame).toList();
                });
    }

    @Override
    public void close() {
        // waits for the poll that runs: the database is closed next
        tailing.close();
        List<Listener> all;
        lock.lock();
        try {
            all = List.copyOf(listeners);
        } finally {
            lock.unlock();
        }
        all.forEach(Listener::drop);
    }

    private record Tail(long pruned, List<Entry> page) {}

    /// Tells what is new. What another server's [#prune] took away unseen can't be told: who
    /// listens is dropped, comes back with the event that it saw last and gets `reset`.
    void tail() {
        List<Frame> page;
        store.numberEvents();
        do {
            long from = tailed;
            Tail tail =
                    store.read(
                            handle ->
                                    new Tail(
                                            log.position(handle).pruned(),
                                            log.after(handle, from, PAGE)));
            page = tail.page.stream().map(this::frame).toList();
            lock.lock();
            try {
                skip(tail.pruned);
                for (Frame frame : page) {
                    listeners.removeIf(listener -> !listener.offer(frame));
                    tailed = frame.seq();
                }
            } finally {
                lock.unlock();
            }
        } while (page.size() == PAGE);
    }

    /// Called under the lock.
    private void skip(long pruned) {
        if (pruned > tailed) {
            LOG.log(Level.WARNING, "events were forgotten before they were told");
            listeners.forEach(Listener::drop);
            listeners.clear();
            tailed = pruned;
        }
    }

    private void prune() {
        store.alongside(log::prune);
    }

    private void offer(Frame frame) {
        lock.lock();
        try {
            listeners.removeIf(listener -> !listener.offer(frame));
        } finally {
            lock.unlock();
        }
    }

    private Frame frame(Entry entry) {
        var value = entry.json() == null ? null : new RawValue(entry.json());
        var change = new Change(entry.kind(), entry.id(), Instant.ofEpochMilli(entry.at()), value);
        return Frame.logged(epoch + ":" + entry.seq(), entry.seq(), "change", write(change));
    }

    private String write(Change change) {
        try {
            return json.writeValueAsString(change);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("can't be written as JSON: " + change.kind(), e);
        }
    }

    /// One failed poll (the database was busy for too long) must not end all those that follow.
}
