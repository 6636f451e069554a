package dev.slipway.backend.tasks.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.invoicing.MailState;
import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.api.tasks.ExportFormat;
import dev.slipway.api.tasks.ExportOf;
import dev.slipway.api.tasks.StartExport;
import dev.slipway.backend.tasks.export.source.InvoiceSource;
import dev.slipway.testing.States;
import dev.slipway.testing.TestClock;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/// What an export of invoices holds is what the console's list shows for the same run and text.
@ParameterizedClass
@EnumSource(States.class)
class InvoiceExportIT {
    private final States states;
    private final TestClock clock = new TestClock(Instant.parse("2026-11-26T12:00:00Z"));

    @TempDir Path home;

    @SuppressWarnings("NullAway.Init")
    private ExportFixture fixture;

    InvoiceExportIT(States states) {
        this.states = states;
    }

    @BeforeEach
    void open() {
        fixture =
                new ExportFixture(
                        states.open(home.resolve("state")),
                        home.resolve("exports"),
                        ExportFixture.sqlite(home.resolve("none.sqlite")),
                        clock);
        run("drafted", "2026-11-14", "DRAFTED");
        run("discarded", "2026-11-14", "DISCARDED");
        invoice("a", "drafted", "I-1", "ÄPFEL & Söhne", "v-17", "post@aepfel.example", "SENT");
        invoice("b", "drafted", null, "Bauer", "v-18", null, "NONE");
        invoice("c", "drafted", null, "100%", "v-19", "x_y@bauer.example", "NOT_SENDABLE");
        invoice("d", "discarded", null, "Bauer", "v-18", null, "NONE");
    }

    @AfterEach
    void close() throws SQLException {
        fixture.close();
    }

    private void run(String id, String date, String state) {
        fixture.store.writing(
                handle ->
                        handle.execute(
                                "INSERT INTO invoice_run (id, business_date, state, currency,"
                                        + " started_by, created_at) VALUES (?, ?, ?, 'EUR', 'x', 1)",
                                id,
                                date,
                                state));
    }

    private void invoice(
            String id,
            String run,
            @Nullable String number,
            String vendor,
            String key,
            @Nullable String email,
            String mail) {
        fixture.store.writing(
                handle ->
                        handle.createUpdate(
                                        """
                                        INSERT INTO invoice (id, run_id, position, number,
                                          vendor_key, vendor_name, currency, lines, net, tax, gross,
                                          email, issued_on, due_on, mail_state, document)
                                        VALUES (:id, :run,
                                          (SELECT count(*) FROM invoice WHERE run_id = :run),
                                          cast(:number AS TEXT), :key, :vendor, 'EUR', 1, '1.00',
                                          '0.19', '1.19', cast(:email AS TEXT), '2026-11-14',
                                          '2026-12-14', :mail, '{}')""")
                                .bind("id", id)
                                .bind("run", run)
                                .bind("number", number)
                                .bind("key", key)
                                .bind("vendor", vendor)
                                .bind("email", email)
                                .bind("mail", mail)
                                .execute());
    }

    /// The ids in the file, for as many as it says that it has.
    private List<String> exported(@Nullable String run, @Nullable String text) throws Exception {
        var which = new ExportFilter(null, null, null, run, null, null, null, null, text);
        String id = fixture.start(new StartExport(ExportOf.INVOICES, ExportFormat.CSV, which));
        fixture.run(id);
        List<String> ids =
                Files.readAllLines(fixture.file(id)).stream()
                        .skip(1)
                        .map(line -> line.substring(0, line.indexOf(',')).replace("\"", ""))
                        .toList();
        assertThat(fixture.log).contains(ids.size() + "/" + ids.size());
        return ids;
    }

    @Test
    void theTextIsLookedForWhereTheListLooks() throws Exception {
        assertThat(exported("drafted", "äpfel")).containsExactly("a");
        assertThat(exported("drafted", "i-1")).containsExactly("a");
        assertThat(exported("drafted", "V-18")).containsExactly("b");
        assertThat(exported("drafted", "bauer")).containsExactly("b", "c");
        assertThat(exported("drafted", "x_Y@")).containsExactly("c");
        assertThat(exported("drafted", "0%")).containsExactly("c");
        assertThat(exported("drafted", "not sendable")).containsExactly("c");
        assertThat(exported("drafted", "v_1")).isEmpty();
    }

    /// Those that were written before are passed over, of those that the filter means.
    @Test
    void isGoneOnWithBehindTheRowsThatAreThere() throws Exception {
        assertThat(behind(0, null)).containsExactly("a", "b", "c");
        assertThat(behind(2, null)).containsExactly("c");
        assertThat(behind(1, "bauer")).containsExactly("c");
        assertThat(behind(2, "bauer")).isEmpty();
    }

    private List<String> behind(long skip, @Nullable String text) throws Exception {
        var which = new ExportFilter(null, null, null, null, null, null, null, null, text);
        var rows = new ReadRows(0);
        new InvoiceSource(fixture.store, clock).read(which, skip, rows);
        assertThat(rows.total()).isEqualTo(text == null ? 3 : 2);
        return rows.values;
    }

    @Test
    void whoIsNoLongerWantedReadsPastNoMore() throws Exception {
        var rows = ReadRows.impatient(2);
        new InvoiceSource(fixture.store, clock).read(ExportFilter.ALL, 3, rows);
        assertThat(rows.skippedRows()).isEqualTo(2);
        assertThat(rows.values).isEmpty();
    }

    @Test
    void aDiscardedRunIsExportedWhenItIsAskedFor() throws Exception {
        assertThat(exported("discarded", null)).containsExactly("d");
        assertThat(exported("discarded", "bauer")).containsExactly("d");
        assertThat(exported(null, "bauer")).containsExactly("b", "c");
    }

    /// The console's words for the states of the mail are those that the export looks for.
    @Test
    void theStateOfTheMailIsFoundByTheConsolesWords() throws Exception {
        var words = new Properties();
        try (var in = Files.newBufferedReader(Path.of("assets/i18n/console.properties"))) {
            words.load(in);
        }
        for (MailState state : MailState.values()) {
            String word = String.valueOf(words.getProperty("mailState." + state.name()));
            fixture.store.writing(
                    handle ->
                            handle.execute(
                                    "UPDATE invoice SET mail_state = ? WHERE id = 'd'",
                                    state.name()));
            assertThat(exported("discarded", word.toLowerCase(Locale.ROOT)))
                    .as(word)
                    .containsExactly("d");
        }
    }
}
