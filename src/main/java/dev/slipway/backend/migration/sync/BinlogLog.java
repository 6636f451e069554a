package dev.slipway.backend.migration.sync;

import com.github.shyiko.mysql.binlog.BinaryLogClient;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import com.github.shyiko.mysql.binlog.network.AuthenticationException;
import com.github.shyiko.mysql.binlog.network.SSLMode;
import com.github.shyiko.mysql.binlog.network.ServerException;

import dev.slipway.backend.migration.engine.Stopped;
import dev.slipway.backend.migration.source.Position;
import dev.slipway.config.Database;

import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/// The binlog of a MariaDB or MySQL, read as a replica would.
final class BinlogLog implements ChangeLog {
    private static final int QUEUE = 20_000;
    private static final long ROOM_MILLIS = 50;
    private static final long CONNECT_MILLIS = 20_000;

    /// So many signs of life must stay away before the server counts as gone: a host that vanished
    /// closes no connection.
    private static final int MISSED = 6;

    private static final int PURGED = 1236;
    private static final List<Integer> FORBIDDEN = List.of(1045, 1142, 1227);

    private final BinaryLogClient client;
    private final BlockingQueue<BinlogReader.Told> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Position from;
    private Position read;
    private Instant time = Instant.EPOCH;
    private boolean within;
    private final Duration heartbeat;
    private volatile long heardNanos = System.nanoTime();
    private volatile boolean closed;

    private BinlogLog(BinaryLogClient client, Position from, Duration heartbeat) {
        this.client = client;
        this.heartbeat = heartbeat;
        this.from = from;
        this.read = from;
    }

    /// @param heartbeat how often the server gives a sign of life when nothing happens
    /// @throws Stopped if the position is no longer there, or the user may not read it
    /// @throws SQLException if the server does not answer
    static BinlogLog open(
            Database database, Position from, TrackedTables tables, Duration heartbeat)
            throws SQLException, Stopped {
        String url = database.url().replaceFirst("^jdbc:mysql:", "jdbc:mariadb:");
        Configuration where = Configuration.parse(url);
        if (where == null || where.addresses().isEmpty()) {
            throw new SQLException("no server is named in " + url);
        }
        HostAddress host = where.addresses().getFirst();
        var client =
                new BinaryLogClient(host.host, host.port, database.user(), database.password());
        client.setSSLMode(ssl(where));
        client.setServerId(ThreadLocalRandom.current().nextLong(1L << 20, 1L << 31));
        client.setBinlogFilename(from.file());
        client.setBinlogPosition(from.offset());
        client.setKeepAlive(false);
        client.setHeartbeatInterval(heartbeat.toMillis());
        var deserializer = new EventDeserializer();
        deserializer.setCompatibilityMode(
                EventDeserializer.CompatibilityMode.CHAR_AND_BINARY_AS_BYTE_ARRAY,
                EventDeserializer.CompatibilityMode.DATE_AND_TIME_AS_LONG);
        client.setEventDeserializer(deserializer);
        var log = new BinlogLog(client, from, heartbeat);
        var reader = new BinlogReader(tables, from.file(), log::tell);
        client.registerEventListener(event -> log.on(event, reader));
        client.registerLifecycleListener(log.new Failures());
        log.connect();
        return log;
    }

    private static SSLMode ssl(Configuration where) {
        return switch (where.sslMode()) {
            case DISABLE -> SSLMode.DISABLED;
            case TRUST -> SSLMode.REQUIRED;
            case VERIFY_CA -> SSLMode.VERIFY_CA;
            case VERIFY_FULL -> SSLMode.VERIFY_IDENTITY;
        };
    }

    private void connect() throws SQLException, Stopped {
        try {
            client.connect(CONNECT_MILLIS);
        } catch (AuthenticationException e) {
            throw new Stopped("the source refuses the sync's user: " + e.getMessage());
        } catch (ServerException e) {
            throw refused(e);
        } catch (IOException | TimeoutException e) {
            throw new SQLException(
                    "the source's binlog can't be read: " + e.getMessage(), "08000", e);
        }
    }

    private Stopped refused(ServerException e) {
        if (e.getErrorCode() == PURGED) {
            return new Stopped(
                    "the source's binlog no longer reaches back to %s:%d (%s); nothing was changed."
                                    .formatted(from.file(), from.offset(), e.getMessage())
                            + " Run the sync with --anew: it reads every step whole and goes on"
                            + " from now. Keep the source's binlogs longer (expire_logs_days) than"
                            + " a sync may be away");
        }
        if (FORBIDDEN.contains(e.getErrorCode())) {
            return new Stopped(
                    "the source's user may not read the binlog: "
                            + e.getMessage()
                            + ". GRANT REPLICATION SLAVE, BINLOG MONITOR ON *.* (MySQL: REPLICATION"
                            + " SLAVE, REPLICATION CLIENT); nothing was changed");
        }
        return new Stopped("the source refuses its binlog: " + e.getMessage());
    }

    private void on(Event event, BinlogReader reader) {
        heardNanos = System.nanoTime();
        try {
            // nothing after what could not be understood may be applied
            if (failure.get() == null) {
                reader.read(event);
            }
        } catch (Stopped e) {
            fail(e);
        } finally {
            // there may have been no room for long
            heardNanos = System.nanoTime();
        }
    }

    private void fail(Exception e) {
        failure.compareAndSet(null, e);
    }

    /// Waits while there is no room, but not for one who reads no more: the client ends only after
    /// its events.
    private void tell(BinlogReader.Told told) {
        try {
            boolean taken = false;
            while (!taken && !closed) {
                taken = queue.offer(told, ROOM_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Changes next(int most, Position seen) throws SQLException, Stopped {
        List<Change> changes = new ArrayList<>();
        while (changes.size() < most) {
            BinlogReader.Told told = queue.peek();
            if (told == null || seen.known() && !reached(seen, told.from())) {
                break;
            }
            queue.remove();
            switch (told) {
                case BinlogReader.Told.Rows rows -> {
                    changes.addAll(rows.changes());
                    within = true;
                }
                case BinlogReader.Told.Mark mark -> {
                    read = mark.position();
                    time = mark.time().isAfter(time) ? mark.time() : time;
                    within = false;
                }
            }
        }
        if (changes.isEmpty() && queue.isEmpty()) {
            failed();
        }
        return new Changes(changes, within ? null : read, time, queue.size());
    }

    /// What was read before the failure is brought over first.
    private void failed() throws SQLException, Stopped {
        switch (failure.get()) {
            case null -> {
                if (!client.isConnected()) {
                    throw new SQLException("the source's binlog was cut", "08006");
                }
                if (System.nanoTime() - heardNanos > heartbeat.toNanos() * MISSED) {
                    throw new SQLException(
                            "the source's binlog gives no sign of life for "
                                    + heartbeat.multipliedBy(MISSED).toSeconds()
                                    + " s",
                            "08006");
                }
            }
            case Stopped e -> throw e;
            case ServerException e -> throw refused(e);
            case Exception e ->
                    throw new SQLException(
                            "the source's binlog was cut: " + e.getMessage(), "08006", e);
        }
    }

    @Override
    public boolean reached(Position at, Position wanted) {
        // after binlog.999999 comes binlog.1000000
        int files = Integer.compare(at.file().length(), wanted.file().length());
        files = files == 0 ? at.file().compareTo(wanted.file()) : files;
        return files > 0 || files == 0 && at.offset() >= wanted.offset();
    }

    @Override
    public void close() {
        closed = true;
        try {
            client.disconnect();
        } catch (IOException e) {
            // it is left all the same
            fail(e);
        }
    }

    private final class Failures extends BinaryLogClient.AbstractLifecycleListener {
        @Override
        public void onCommunicationFailure(BinaryLogClient of, Exception e) {
            fail(e);
        }

        @Override
        public void onEventDeserializationFailure(BinaryLogClient of, Exception e) {
            fail(
                    new Stopped(
                            "an event of the source's binlog can't be read: "
                                    + e.getMessage()
                                    + "; what came before it is applied"));
        }
    }
}
