package dev.slipway.backend.queues.dispatch;

import dev.slipway.api.queues.Priority;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// The table of wake-ups. Triggers write it in the transaction that makes a job due; relays empty
/// it.
final class Outbox {
    /// A relay that has not removed what it took by then has died.
    private static final Duration IN_HAND = Duration.ofSeconds(20);

    /// By priority, for so the index is.
    static final String DUE = "priority IN (1, 2, 3) AND not_before <= :now";

    private Outbox() {}

    /// Takes wake-ups whose time has come, the higher priority first; no other relay gets them for
    /// a while. So that nothing starves, a quarter is kept for the normal priority and a sixteenth
    /// for the low one; what one leaves the others get.
    static List<WakeUp> take(Handle handle, Instant now, int most) {
        if (!anyDue(handle, now)) {
            return List.of();
        }
        int forLow = most / 16;
        List<WakeUp> taken =
                new ArrayList<>(take(handle, now, Priority.HIGH, most - most / 4 - forLow));
        taken.addAll(take(handle, now, Priority.NORMAL, most - taken.size() - forLow));
        taken.addAll(take(handle, now, Priority.LOW, most - taken.size()));
        for (Priority left : List.of(Priority.HIGH, Priority.NORMAL)) {
            taken.addAll(take(handle, now, left, most - taken.size()));
        }
        return taken;
    }

    private static List<WakeUp> take(Handle handle, Instant now, Priority priority, int most) {
        if (most <= 0) {
            return List.of();
        }
        return handle
                .createQuery(
                        """
                        UPDATE wake_up SET taken_until = :until WHERE seq IN (
                            SELECT seq FROM wake_up WHERE priority = :priority
                            AND not_before <= :now AND taken_until <= :now
                            ORDER BY not_before, seq LIMIT :most <skip_locked>)
                        RETURNING seq, job, priority""")
                .bind("until", now.plus(IN_HAND).toEpochMilli())
                .bind("now", now.toEpochMilli())
                .bind("priority", priority.level())
                .bind("most", most)
                .map(
                        (row, _) ->
                                new WakeUp(
                                        row.getLong("seq"),
                                        row.getString("job"),
                                        row.getInt("priority")))
                .list()
                .stream()
                .sorted(Comparator.comparingLong(WakeUp::seq))
                .toList();
    }

    /// Removes what the broker keeps.
    static int remove(Handle handle, Collection<WakeUp> confirmed) {
        return handle.createUpdate("DELETE FROM wake_up WHERE seq IN (<seqs>)")
                .bindList("seqs", confirmed.stream().map(WakeUp::seq).toList())
                .execute();
    }

    /// Puts back what the broker did not confirm.
    static int putBack(Handle handle, Collection<WakeUp> unconfirmed) {
        return handle.createUpdate("UPDATE wake_up SET taken_until = 0 WHERE seq IN (<seqs>)")
                .bindList("seqs", unconfirmed.stream().map(WakeUp::seq).toList())
                .execute();
    }

    /// Adds a wake-up for a job that has none which is due and not in a relay's hand.
    static void add(Handle handle, String job, Instant now) {
        handle.createUpdate(
                        """
                        INSERT INTO wake_up (job, priority, not_before)
                        SELECT id, priority, :now FROM job WHERE id = :job AND NOT EXISTS (
                            SELECT 1 FROM wake_up AS w WHERE w.job = :job
                              AND w.not_before <= :now AND w.taken_until = 0)""")
                .bind("job", job)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    /// Whether a wake-up whose time has come was not handed over yet.
    static boolean anyDue(Handle handle, Instant now) {
        return handle.createQuery(
                        "SELECT count(*) FROM (SELECT 1 FROM wake_up WHERE "
                                + DUE
                                + " LIMIT 1) AS one")
                .bind("now", now.toEpochMilli())
                .mapTo(Boolean.class)
                .one();
    }
}
