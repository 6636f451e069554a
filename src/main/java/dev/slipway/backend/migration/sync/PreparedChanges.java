package dev.slipway.backend.migration.sync;

import com.github.shyiko.mysql.binlog.event.MariadbGtidEventData;

import dev.slipway.backend.migration.engine.Stopped;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Changes of transactions that are prepared (XA) and not yet committed. The log names their rows
/// when they are prepared, while everyone still sees them as they were, and no rows when they are
/// committed. So they are kept until then. Whoever did not see a transaction being prepared takes
/// it that it may have changed every row.
final class PreparedChanges {
    private static final int MARIADB_PREPARES = 64;

    /// So many rows are worth less than the memory that they take.
    private static final int MOST = 50_000;

    private final TrackedTables tables;
    private final Map<String, List<Change>> prepared = new HashMap<>();
    private @Nullable List<Change> open;
    private String xid = "";

    PreparedChanges(TrackedTables tables) {
        this.tables = tables;
    }

    /// MariaDB says at the beginning of a transaction that it will only be prepared.
    void begins(MariadbGtidEventData gtid) {
        open = (gtid.getFlags() & MARIADB_PREPARES) == 0 ? null : new ArrayList<>();
    }

    /// Keeps changes of a transaction that will only be prepared.
    ///
    /// @return whether they are such
    boolean kept(List<Change> changes) {
        if (open != null && open.size() < MOST) {
            open.addAll(changes);
        }
        return open != null;
    }

    /// @param committed whether it is committed at once
    /// @return changes that are now to be seen
    List<Change> prepared(boolean committed) throws Stopped {
        if (open == null) {
            throw new Stopped(
                    "the binlog prepares a transaction that it did not begin; nothing after it is"
                            + " applied. Run the sync with --anew: it reads every step whole and goes"
                            + " on from now");
        }
        List<Change> changes = open.size() < MOST ? open : all();
        open = null;
        if (committed) {
            return changes;
        }
        prepared.put(xid, changes);
        return List.of();
    }

    /// @param sql a statement that begins with `XA`
    /// @return changes that are now to be seen
    List<Change> stated(String sql) {
        String what = Alteration.words(sql, 2);
        String of = sql.replaceFirst("(?is)^.*?XA\\s+\\w+\\s*", "").strip();
        switch (what) {
            case "XA START", "XA BEGIN" -> open = new ArrayList<>();
            case "XA END" -> xid = of;
            case "XA ROLLBACK" -> prepared.remove(of);
            default -> {
                List<Change> changes = prepared.remove(of);
                return changes == null ? all() : changes;
            }
        }
        return List.of();
    }

    private List<Change> all() {
        return tables.all().stream().map(table -> new Change(table.name(), Map.of())).toList();
    }
}
