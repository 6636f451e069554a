package dev.slipway.backend.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.migration.RunState;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.throttle.Gate;
import dev.slipway.config.BadFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Local times of the two nights on which Vienna changes its clocks. By EU Directive 2000/84/EC
/// they go from 01:59:59 to 03:00 on the last Sunday of March, and from 02:59:59 back to 02:00 on
/// the last of October, at 01:00 UTC: in 2024 at 1711846800 and 1729990800 of the epoch.
class ClocksIT {
    private static final String PLAN =
            """
            name: clocks
            schema:
              sqlite:
                before: |
                  CREATE TABLE strict (id INTEGER PRIMARY KEY, at INTEGER) STRICT;
                  CREATE TABLE loose (id INTEGER PRIMARY KEY, early INTEGER, late INTEGER, none INTEGER,
                    given INTEGER) STRICT;
            steps:
              - name: strict
                source: {table: sale}
                target: strict
                key: id
                columns:
                  id: {type: integer, on-missing: quarantine}
                  at: {type: timestamp, zone: Europe/Vienna, store: epoch-seconds}
              - name: loose
                source: {table: sale}
                target: loose
                key: id
                columns:
                  id: {type: integer, on-missing: quarantine}
                  early: {type: timestamp, from: at, zone: Europe/Vienna, store: epoch-seconds,
                    on-gap: earlier, on-overlap: earlier}
                  late: {type: timestamp, from: at, zone: Europe/Vienna, store: epoch-seconds,
                    on-gap: later, on-overlap: later}
                  none: {type: timestamp, from: at, zone: Europe/Vienna, store: epoch-seconds,
                    on-gap: "null", on-overlap: "null"}
                  given: {type: timestamp, from: at, zone: Europe/Vienna, store: epoch-seconds,
                    on-gap: default, on-overlap: default, default: "2000-01-01 01:00:00"}
            """;

    @TempDir Path folder;

    @Test
    void noTimeIsShiftedOrGuessedUnseen() throws Exception {
        var run = new SmallRun(folder);
        execute(
                "CREATE TABLE sale (id INTEGER PRIMARY KEY, at TEXT)",
                "INSERT INTO sale VALUES (1, '2024-03-31 01:30:00'), (2, '2024-03-31 02:30:00'),"
                        + " (3, '2024-03-31 03:30:00'), (4, '2024-10-27 01:30:00'),"
                        + " (5, '2024-10-27 02:30:00'), (6, '2024-10-27 03:30:00')");

        Outcome outcome = run.run(plan(PLAN), Gate.OPEN, Control.GO_ON);

        assertThat(outcome.reason()).isEmpty();
        assertThat(outcome.state()).isEqualTo(RunState.VALIDATED);
        assertThat(all("SELECT id || ' ' || at FROM strict ORDER BY id"))
                .containsExactly("1 1711845000", "3 1711848600", "4 1729985400", "6 1729996200");
        assertThat(all("SELECT row_key || ' ' || rule FROM slipway_quarantine ORDER BY 1"))
                .containsExactly("2 timestamp", "5 timestamp");
        assertThat(
                        all(
                                "SELECT id || ' ' || early || ' ' || late || ' ' || coalesce(none, '-') || ' '"
                                        + " || given FROM loose WHERE id IN (2, 5) ORDER BY id"))
                .containsExactly(
                        "2 1711845000 1711848600 - 946684800",
                        "5 1729989000 1729992600 - 946684800");
        assertThat(all("SELECT count(*) FROM loose WHERE early = late AND late = none"))
                .containsExactly("4");
        String gap = "Europe/Vienna skipped when its clocks went forward";
        String twice = "Europe/Vienna had twice when its clocks went back";
        assertThat(
                        all(
                                "SELECT column_name || ': ' || what || ' ' || value_count FROM slipway_remark"
                                        + " WHERE step = 'loose' ORDER BY 1"))
                .containsExactly(
                        "early: " + twice + ", read as the earlier 1",
                        "early: " + gap + ", read as the earlier 1",
                        "given: is a time that " + twice + " 1",
                        "given: is a time that " + gap + " 1",
                        "late: " + twice + ", read as the later 1",
                        "late: " + gap + ", read as the later 1",
                        "none: is a time that " + twice + " 1",
                        "none: is a time that " + gap + " 1");
    }

    @Test
    void thePlansCheckerKnowsTheRules() {
        assertThatThrownBy(() -> plan(PLAN.replace("on-gap: later", "on-gap: latter")))
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("'on-gap' must be one of them, not 'latter'")
                .hasMessageContaining("did you mean 'later'?");
        assertThatThrownBy(() -> plan(PLAN.replace(", default: \"2000-01-01 01:00:00\"", "")))
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("the rule 'default' wants a 'default' beside it");
        assertThatThrownBy(
                        () ->
                                plan(
                                        PLAN.replace(
                                                        "early: {type: timestamp",
                                                        "early: {type: date")
                                                .replace(" store: epoch-seconds,\n", "\n")))
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("unknown key 'on-gap'");
    }

    private MigrationPlan plan(String yaml) {
        return PlanReader.read("clocks.yaml", yaml, folder);
    }

    private void execute(String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder + "/legacy.db");
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private List<String> all(String sql) throws SQLException {
        List<String> all = new ArrayList<>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder + "/shop.db");
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            while (row.next()) {
                all.add(row.getString(1));
            }
        }
        return all;
    }
}
