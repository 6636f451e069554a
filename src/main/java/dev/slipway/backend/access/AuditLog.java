package dev.slipway.backend.access;

import dev.slipway.api.Page;
import dev.slipway.api.access.AuditEntry;
import dev.slipway.api.events.Change;
import dev.slipway.api.events.Kind;
import dev.slipway.backend.http.AuditTrail;
import dev.slipway.backend.store.Events;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The audit log. Each entry's hash covers the entry and the hash before it, so whoever changes or
/// removes one must change all after it; triggers refuse both.
public final class AuditLog implements AuditTrail {
    /// What the first entry's hash follows.
    static final String GENESIS = "0".repeat(64);

    private static final int IN_SNAPSHOT = 100;

    private final StateStore store;
    private final Events events;
    private final InstantSource clock;

    public AuditLog(StateStore store, Events events, InstantSource clock) {
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void append(Handle handle, Act act) {
        var last =
                handle.createQuery("SELECT * FROM audit ORDER BY seq DESC LIMIT 1")
                        .map((row, _) -> entry(row))
                        .findOne();
        var open =
                new AuditEntry(
                        last.map(AuditEntry::seq).orElse(0L) + 1,
                        Instant.ofEpochMilli(clock.millis()),
                        act.user(),
                        act.action(),
                        act.subject(),
                        act.reason(),
                        act.status(),
                        "");
        AuditEntry entry = sealed(open, last.map(AuditEntry::hash).orElse(GENESIS));
        handle.createUpdate(
                        """
                        INSERT INTO audit (seq, at, account, action, subject, reason, status, hash)
                        VALUES (:seq, :at, :account, :action, :subject, :reason, :status, :hash)""")
                .bind("seq", entry.seq())
                .bind("at", entry.at().toEpochMilli())
                .bind("account", entry.user())
                .bind("action", entry.action())
                .bind("subject", entry.subject())
                .bind("reason", entry.reason())
                .bind("status", entry.status())
                .bind("hash", entry.hash())
                .execute();
        events.publish(handle, Kind.AUDIT, Long.toString(entry.seq()), entry);
    }

    /// The newest entries before one.
    public Page<AuditEntry> before(long seq, int limit) {
        return store.read(
                handle -> {
                    List<AuditEntry> found =
                            handle.createQuery(
                                            "SELECT * FROM audit WHERE seq < :seq ORDER BY seq DESC"
                                                    + " LIMIT :limit")
                                    .bind("seq", seq)
                                    .bind("limit", limit + 1)
                                    .map((row, _) -> entry(row))
                                    .list();
                    boolean more = found.size() > limit;
                    List<AuditEntry> page = more ? found.subList(0, limit) : found;
                    long total =
                            handle.createQuery("SELECT coalesce(max(seq), 0) FROM audit")
                                    .mapTo(Long.class)
                                    .one();
                    return new Page<>(
                            page, more ? Long.toString(page.getLast().seq()) : null, total);
                });
    }

    /// The newest entries, for a client that starts.
    public List<Change> snapshot() {
        return before(Long.MAX_VALUE, IN_SNAPSHOT).items().stream()
                .map(
                        entry ->
                                new Change(
                                        Kind.AUDIT.wire(),
                                        Long.toString(entry.seq()),
                                        entry.at(),
                                        entry))
                .toList();
    }

    /// Follows the chain from its beginning.
    ///
    /// @return the first entry that doesn't fit, or empty if all do
    public Optional<AuditEntry> firstBroken() {
        return store.read(
                handle -> {
                    String before = GENESIS;
                    long expected = 1;
                    try (var rows =
                            handle
                                    .createQuery("SELECT * FROM audit ORDER BY seq")
                                    .map((row, _) -> entry(row))
                                    .stream()) {
                        for (AuditEntry entry : (Iterable<AuditEntry>) rows::iterator) {
                            if (entry.seq() != expected++
                                    || !sealed(entry, before).hash().equals(entry.hash())) {
                                return Optional.of(entry);
                            }
                            before = entry.hash();
                        }
                    }
                    return Optional.empty();
                });
    }

    private static AuditEntry sealed(AuditEntry entry, String before) {
        return new AuditEntry(
                entry.seq(),
                entry.at(),
                entry.user(),
                entry.action(),
                entry.subject(),
                entry.reason(),
                entry.status(),
                hash(entry, before));
    }

    /// Each part goes in with its length, so that no two entries give the same bytes.
    private static String hash(AuditEntry entry, String before) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (String part :
                    List.of(
                            before,
                            Long.toString(entry.seq()),
                            Long.toString(entry.at().toEpochMilli()),
                            entry.user(),
                            entry.action(),
                            entry.subject(),
                            entry.reason(),
                            Integer.toString(entry.status()))) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                sha.update(bytes);
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("seq"),
                Instant.ofEpochMilli(row.getLong("at")),
                row.getString("account"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("reason"),
                row.getInt("status"),
                row.getString("hash"));
    }
}
