package dev.slipway.backend.migration.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.backend.migration.target.Targets;
import dev.slipway.testing.Eventually;
import dev.slipway.testing.Postgres;

import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.Executors;

/// Two runs that begin at the same moment, each in a transaction that does not see the other's.
class KeySpacesIT {
    @Test
    void theirKeysStandApartHoweverTheyBegin() throws Exception {
        var database = Postgres.fresh();
        try (var here = Targets.open(database);
                var there = Targets.open(database);
                var thread = Executors.newSingleThreadExecutor();
                var look = Postgres.connect(database)) {
            var first = new Ledger(here, InstantSource.system());
            var second = new Ledger(there, InstantSource.system());
            first.prepare();
            first.begin("a", "plan-a", "hash");

            var beginning =
                    thread.submit(
                            () -> {
                                second.begin("b", "plan-b", "hash");
                                second.commit();
                                return 0;
                            });
            Eventually.eventually(
                    "the second waits, or did not", () -> beginning.isDone() || someoneWaits(look));
            first.commit();
            beginning.get();

            assertThat(first.keySpace("a")).isEqualTo("1/");
            assertThat(second.keySpace("b")).isEqualTo("2/");
        }
    }

    private static boolean someoneWaits(Connection look) {
        String sql = "SELECT count(*) FROM pg_locks WHERE NOT granted";
        try (var statement = look.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.next() && row.getInt(1) > 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
