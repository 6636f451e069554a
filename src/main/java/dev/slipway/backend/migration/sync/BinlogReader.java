package dev.slipway.backend.migration.sync;

import com.github.shyiko.mysql.binlog.event.DeleteRowsEventData;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;
import com.github.shyiko.mysql.binlog.event.MariadbGtidEventData;
import com.github.shyiko.mysql.binlog.event.QueryEventData;
import com.github.shyiko.mysql.binlog.event.RotateEventData;
import com.github.shyiko.mysql.binlog.event.TableMapEventData;
import com.github.shyiko.mysql.binlog.event.UpdateRowsEventData;
import com.github.shyiko.mysql.binlog.event.WriteRowsEventData;
import com.github.shyiko.mysql.binlog.event.XAPrepareEventData;
import com.github.shyiko.mysql.binlog.event.XidEventData;

import dev.slipway.backend.migration.engine.Stopped;
import dev.slipway.backend.migration.source.Position;

import org.jspecify.annotations.Nullable;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Makes changes of binlog events. What is not known to carry no change of a row ends the reading:
/// nothing is passed over because it is not understood.
final class BinlogReader {
    private static final String ANEW =
            " Check the plan, then start the sync anew (migrate sync --anew): it reads every step whole"
                    + " and goes on from now";

    /// What comes after them belongs to them.
    private static final Set<EventType> BEGINNINGS =
            EnumSet.of(EventType.MARIADB_GTID, EventType.GTID, EventType.ANONYMOUS_GTID);

    private final TrackedTables tables;
    private final Consumer<Told> told;
    private final Map<Long, TrackedTables.Table> mapped = new HashMap<>();

    /// How many columns tables had when they were last named.
    private final Map<String, Integer> widths = new HashMap<>();

    /// How many columns tables got since.
    private final Map<String, Integer> added = new HashMap<>();

    private final PreparedChanges prepared;
    private String file;
    private boolean within;

    /// Where the last event ended; those within a transaction may not say.
    private long end;

    /// What an event tells.
    sealed interface Told {
        /// Whoever sees anything from here on sees what is told.
        Position from();

        record Rows(List<Change> changes, Position from) implements Told {}

        /// Everything up to here is whole.
        record Mark(Position position, Instant time) implements Told {
            @Override
            public Position from() {
                return position;
            }
        }
    }

    BinlogReader(TrackedTables tables, String file, Consumer<Told> told) {
        this.tables = tables;
        this.file = file;
        this.told = told;
        this.prepared = new PreparedChanges(tables);
    }

    /// @throws Stopped if what follows can't be understood
    void read(Event event) throws Stopped {
        EventHeaderV4 header = event.getHeader();
        switch (event.getData()) {
            case RotateEventData rotate -> {
                file = rotate.getBinlogFilename();
                within = false;
                end = rotate.getBinlogPosition();
                mark(end, header.getTimestamp());
                return;
            }
            case TableMapEventData map -> {
                map(map);
                within = true;
            }
            case WriteRowsEventData rows ->
                    rows(rows.getTableId(), rows.getIncludedColumns(), rows.getRows());
            case DeleteRowsEventData rows ->
                    rows(rows.getTableId(), rows.getIncludedColumns(), rows.getRows());
            case UpdateRowsEventData rows -> {
                List<Serializable[]> before = new ArrayList<>();
                List<Serializable[]> after = new ArrayList<>();
                for (var row : rows.getRows()) {
                    before.add(row.getKey());
                    after.add(row.getValue());
                }
                rows(rows.getTableId(), rows.getIncludedColumnsBeforeUpdate(), before);
                updated(rows, after);
            }
            case XidEventData _ -> within = false;
            case QueryEventData query -> query(query);
            case XAPrepareEventData xa -> {
                tell(prepared.prepared(xa.isOnePhase()));
                within = false;
            }
            case MariadbGtidEventData gtid -> prepared.begins(gtid);
            case null, default -> Unreadable.check(header);
        }
        boolean begins = BEGINNINGS.contains(header.getEventType());
        if (!within && !begins && header.getNextPosition() > 0) {
            mark(header.getNextPosition(), header.getTimestamp());
        }
        end = Math.max(end, header.getNextPosition());
    }

    private void mark(long offset, long millis) {
        told.accept(
                new Told.Mark(new Position(file, offset, "", ""), Instant.ofEpochMilli(millis)));
    }

    private void map(TableMapEventData map) throws Stopped {
        TrackedTables.Table table = tables.table(map.getDatabase(), map.getTable());
        if (table == null) {
            mapped.remove(map.getTableId());
            return;
        }
        int width = map.getColumnTypes().length;
        int more = added.getOrDefault(table.name(), 0);
        Integer before = widths.get(table.name());
        // what was written before columns came at the end has fewer of them; whatever else made
        // them fewer is an alteration that follows in the log, and stops it
        boolean fits = before == null ? width <= table.width() + more : width == before + more;
        if (!fits) {
            throw new Stopped(
                    "the table '%s' had %d columns when this part of the binlog was written, and has %d;"
                                    .formatted(table.name(), width, table.width())
                            + " nothing after it is applied."
                            + ANEW);
        }
        widths.put(table.name(), width);
        added.remove(table.name());
        mapped.put(map.getTableId(), table);
    }

    /// An image after an update may lack what did not change; then the one before told it.
    private void updated(UpdateRowsEventData rows, List<Serializable[]> after) throws Stopped {
        TrackedTables.Table table = mapped.get(rows.getTableId());
        BitSet included = rows.getIncludedColumns();
        boolean all =
                table != null && table.columns().stream().allMatch(c -> included.get(c.place()));
        if (all) {
            rows(rows.getTableId(), included, after);
        } else if (table != null
                && table.columns().stream().anyMatch(c -> included.get(c.place()))) {
            throw lacking(table);
        }
    }

    private void rows(long tableId, BitSet included, List<Serializable[]> rows) throws Stopped {
        TrackedTables.Table table = mapped.get(tableId);
        if (table == null) {
            return;
        }
        List<Change> changes = new ArrayList<>();
        for (@Nullable Serializable[] row : rows) {
            Map<String, String> key = new HashMap<>();
            for (TrackedColumn column : table.columns()) {
                if (!included.get(column.place())) {
                    throw lacking(table);
                }
                int at = included.get(0, column.place()).cardinality();
                key.put(column.name(), column.text(row[at]));
            }
            changes.add(new Change(table.name(), key));
        }
        if (!prepared.kept(changes)) {
            tell(changes);
        }
    }

    private void tell(List<Change> changes) {
        if (!changes.isEmpty()) {
            // a server shows a transaction whole or not at all: its beginning says when
            told.accept(new Told.Rows(changes, new Position(file, end + 1, "", "")));
        }
    }

    private static Stopped lacking(TrackedTables.Table table) {
        return new Stopped(
                "the binlog does not tell the key of a changed row of '"
                        + table.name()
                        + "'; nothing after it is applied. SET GLOBAL binlog_row_image = 'FULL',"
                        + " let the source's connections begin anew, and run the sync with --anew");
    }

    /// Statements that change no row of a table are named; every other one is taken to do so.
    private void query(QueryEventData query) throws Stopped {
        String sql = query.getSql().strip();
        switch (Alteration.verb(sql)) {
            case "BEGIN" -> within = true;
            case "COMMIT" -> within = false;
            case "ROLLBACK" -> within &= Alteration.words(sql, 2).endsWith(" TO");
            case "XA" -> xa(sql);
            case "TRUNCATE" -> emptied(query, sql);
            case "ALTER", "RENAME", "DROP", "CREATE" -> altered(query, sql);
            case "", "SAVEPOINT", "RELEASE", "FLUSH", "GRANT", "REVOKE" -> {}
            case "ANALYZE", "OPTIMIZE", "REPAIR", "CHECK", "SET" -> {}
            case "INSTALL", "UNINSTALL" -> {}
            default -> stated(query, sql);
        }
    }

    private void xa(String sql) throws Stopped {
        tell(prepared.stated(sql));
        within =
                Alteration.words(sql, 2).equals("XA START")
                        || Alteration.words(sql, 2).equals("XA END");
    }

    private TrackedTables.@Nullable Table tracked(QueryEventData query, Alteration.Table table) {
        String schema = table.schema().isEmpty() ? query.getDatabase() : table.schema();
        return tables.table(schema, table.name());
    }

    private void emptied(QueryEventData query, String sql) {
        Alteration.emptied(sql)
                .map(table -> tracked(query, table))
                .ifPresent(table -> tell(List.of(new Change(table.name(), Map.of()))));
    }

    /// Tables that no step reads may become what they will, and those that one reads may get
    /// indexes and further columns behind those that they have.
    private void altered(QueryEventData query, String sql) throws Stopped {
        Alteration alteration = Alteration.of(sql).orElse(null);
        if (alteration == null) {
            return;
        }
        if (alteration.database().equalsIgnoreCase(tables.database())) {
            throw stopped("the source's database was dropped", sql);
        }
        for (Alteration.Table each : alteration.tables()) {
            TrackedTables.Table table = tracked(query, each);
            if (table != null && !alteration.harmless()) {
                throw stopped("the source's table '" + table.name() + "' was altered", sql);
            }
            if (table != null) {
                added.merge(table.name(), alteration.added(), Integer::sum);
            }
        }
    }

    private static Stopped stopped(String what, String sql) {
        return new Stopped(what + "; nothing after it is applied: " + shortened(sql) + "." + ANEW);
    }

    /// Which rows a statement changed can't be known, nor which tables: it may go through a view, a
    /// function or a trigger. Only what runs elsewhere and does not name this database is passed.
    private void stated(QueryEventData query, String sql) throws Stopped {
        // a server that starts empties its tables in memory so
        if (Alteration.emptied(sql).isPresent()) {
            emptied(query, sql);
            return;
        }
        String in = query.getDatabase();
        if (in.isEmpty() || in.equalsIgnoreCase(tables.database()) || tables.isNamed(sql)) {
            throw new Stopped(
                    "a connection of the source logs statements instead of rows; nothing after it is"
                            + " applied: "
                            + shortened(sql)
                            + ". Let it use binlog_format = 'ROW', then run the sync with --anew");
        }
    }

    private static String shortened(String sql) {
        return sql.length() < 200 ? sql : sql.substring(0, 200) + " …";
    }
}
