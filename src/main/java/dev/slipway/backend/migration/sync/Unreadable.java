package dev.slipway.backend.migration.sync;

import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;

import dev.slipway.backend.migration.engine.Stopped;

import java.util.EnumSet;
import java.util.Set;

/// Events of a binlog that the sync does not read: those known to change no row are passed, every
/// other one is a hard stop, for it may hold changes.
final class Unreadable {
    private static final Set<EventType> NO_CHANGE =
            EnumSet.of(
                    EventType.FORMAT_DESCRIPTION,
                    EventType.STOP,
                    EventType.HEARTBEAT,
                    EventType.IGNORABLE,
                    EventType.ROWS_QUERY,
                    EventType.ANNOTATE_ROWS,
                    EventType.GTID,
                    EventType.ANONYMOUS_GTID,
                    EventType.PREVIOUS_GTIDS,
                    EventType.MARIADB_GTID,
                    EventType.MARIADB_GTID_LIST,
                    EventType.BINLOG_CHECKPOINT,
                    EventType.TRANSACTION_CONTEXT,
                    EventType.VIEW_CHANGE,
                    // what a statement that follows is to be run with
                    EventType.INTVAR,
                    EventType.RAND,
                    EventType.USER_VAR);

    /// Who does not know such an event may pass it, by the server's own word.
    private static final int IGNORABLE = 0x80;

    private Unreadable() {}

    /// @throws Stopped if the event may change rows
    static void check(EventHeaderV4 event) throws Stopped {
        EventType type = event.getEventType();
        if (type != null && NO_CHANGE.contains(type)) {
            return;
        }
        boolean unknown = type == null || type == EventType.UNKNOWN;
        if (unknown && (event.getFlags() & IGNORABLE) != 0) {
            return;
        }
        throw new Stopped(
                "the source's binlog holds %s; nothing after it is applied. %s, then run the sync with"
                                .formatted(
                                        unknown
                                                ? "an event of an unknown type"
                                                : "a " + type + " event",
                                        unknown ? wayOut(EventType.UNKNOWN) : wayOut(type))
                        + " --anew: it reads every step whole and goes on from now");
    }

    private static String wayOut(EventType type) {
        return switch (type) {
            case UNKNOWN -> "If compressed: SET GLOBAL log_bin_compress = OFF";
            case TRANSACTION_PAYLOAD ->
                    "It is compressed: SET GLOBAL binlog_transaction_compression = OFF and let the"
                            + " source's connections begin anew";
            case PARTIAL_UPDATE_ROWS_EVENT ->
                    "It tells parts of values: SET GLOBAL binlog_row_value_options = '' and let the"
                            + " source's connections begin anew";
            case BEGIN_LOAD_QUERY, EXECUTE_LOAD_QUERY, APPEND_BLOCK, DELETE_FILE ->
                    "A connection logs LOAD DATA as a statement: let it use binlog_format = 'ROW'";
            case INCIDENT -> "The server says that its log lacks changes: look into its error log";
            default -> "Have a look at what the source logs there";
        };
    }
}
