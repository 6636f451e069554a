package dev.slipway.backend.migration.sync;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.shyiko.mysql.binlog.event.EventHeaderV4;
import com.github.shyiko.mysql.binlog.event.EventType;

import dev.slipway.backend.migration.engine.Stopped;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.HashMap;
import java.util.Map;

/// What a binlog may hold that no server here writes.
class UnreadableTest {
    private static EventHeaderV4 event(EventType type, int flags) {
        var header = new EventHeaderV4();
        header.setEventType(type);
        header.setFlags(flags);
        return header;
    }

    /// Each of them changes rows, or what rows are.
    @ParameterizedTest
    @EnumSource(
            names = {
                "UNKNOWN",
                "TRANSACTION_PAYLOAD",
                "PARTIAL_UPDATE_ROWS_EVENT",
                "EXECUTE_LOAD_QUERY",
                "INCIDENT",
                "PRE_GA_WRITE_ROWS",
                "PRE_GA_UPDATE_ROWS",
                "PRE_GA_DELETE_ROWS",
                "LOAD",
                "NEW_LOAD",
                "EXEC_LOAD"
            })
    void whatMayChangeRowsIsAHardStop(EventType type) {
        assertThatThrownBy(() -> Unreadable.check(event(type, 0)))
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("nothing after it is applied")
                .hasMessageContaining("--anew");
    }

    @ParameterizedTest
    @EnumSource(names = {"GTID", "ANNOTATE_ROWS", "HEARTBEAT", "USER_VAR", "STOP"})
    void whatChangesNoRowIsPassed(EventType type) {
        assertThatCode(() -> Unreadable.check(event(type, 0))).doesNotThrowAnyException();
    }

    @Test
    void whatTheServerItselfSaysMayBeIgnoredIsPassed() {
        assertThatCode(() -> Unreadable.check(event(EventType.UNKNOWN, 0x80)))
                .doesNotThrowAnyException();
    }

    /// MySQL's own variables; this suite has no MySQL to ask.
    @ParameterizedTest
    @CsvSource({
        "binlog_row_value_options, PARTIAL_JSON",
        "binlog_transaction_compression, ON",
        "log_bin_compress, ON",
        "binlog_format, STATEMENT",
        "log_bin, OFF"
    })
    void aBinlogThatDoesNotTellEachRowIsRefused(String variable, String value) {
        Map<String, String> is = new HashMap<>(Map.of("log_bin", "ON", "binlog_format", "ROW"));
        assertThatCode(() -> BinlogSettings.judge(is)).doesNotThrowAnyException();
        is.put(variable, value);

        assertThatThrownBy(() -> BinlogSettings.judge(is))
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("the source's %s is '%s'".formatted(variable, value))
                .hasMessageContaining("--anew");
    }

    @Test
    void aMySqlThatWaitsForAReplicaBeforeRowsCanBeReadIsRefused() {
        Map<String, String> is = new HashMap<>(Map.of("version", "8.0.40"));
        is.put("rpl_semi_sync_source_enabled", "ON");
        is.put("rpl_semi_sync_source_wait_point", "AFTER_SYNC");

        assertThatThrownBy(() -> BinlogSettings.judge(is))
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("SET GLOBAL rpl_semi_sync_source_wait_point");

        is.put("rpl_semi_sync_source_wait_point", "AFTER_COMMIT");
        assertThatCode(() -> BinlogSettings.judge(is)).doesNotThrowAnyException();
        is.put("rpl_semi_sync_source_wait_point", "AFTER_SYNC");
        is.put("version", "11.4.5-MARIADB-LOG");
        assertThatCode(() -> BinlogSettings.judge(is)).doesNotThrowAnyException();
    }
}
