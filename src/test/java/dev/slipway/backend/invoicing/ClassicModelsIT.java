package dev.slipway.backend.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.backend.http.WireJson;
import dev.slipway.config.Database;
import dev.slipway.testing.Postgres;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A shop with another schema, in PostgreSQL, invoiced by configuration alone and by the command.
class ClassicModelsIT {
    private static final String EXPECTED =
            """
            WITH line AS (
              SELECT p.vendor_id, o.number, round(sum(l.quantity * l.unit_price) * 0.0875, 2) AS net
              FROM purchase o JOIN purchase_line l ON l.purchase_number = o.number
                JOIN product p ON p.code = l.product_code
              WHERE o.ordered_on = '2004-11-24' AND o.status <> 'cancelled'
              GROUP BY p.vendor_id, o.number)
            SELECT v.name, sum(net) AS net, round(sum(net) * 0.08875, 2) AS tax
            FROM line JOIN vendor v ON v.id = line.vendor_id GROUP BY v.name""";

    @TempDir Path folder;

    @Test
    void aRunOverAnotherSchemaNeedsConfigurationAlone() throws Exception {
        Database shop = Postgres.fresh();
        Map<String, BigDecimal> expected = new TreeMap<>();
        try (var connection = Postgres.connect(shop);
                var statement = connection.createStatement()) {
            statement.execute(resource("/plans/classicmodels-postgresql.sql"));
            statement.execute(resource("/invoicing/model-cars.sql"));
            try (var rows = statement.executeQuery(EXPECTED)) {
                while (rows.next()) {
                    expected.put(
                            rows.getString("name"),
                            rows.getBigDecimal("net").add(rows.getBigDecimal("tax")));
                }
            }
        }
        Path config = folder.resolve("slipway.yaml");
        Files.writeString(
                config,
                resource("/invoicing/classicmodels.yaml")
                        .replace("${url}", shop.url())
                        .replace("${user}", shop.user()));

        JsonNode draft = run(config);
        Map<String, BigDecimal> drafted = new TreeMap<>();
        for (JsonNode document : draft.get("invoices")) {
            JsonNode invoice = document.get("invoice");
            drafted.put(invoice.get("vendorName").asText(), invoice.get("gross").decimalValue());
            assertThat(text(document)).contains("$", "Commission invoice");
        }
        assertThat(drafted).isEqualTo(expected).hasSize(3);
        assertThat(draft.get("run").get("remarks").toString()).contains("No e-mail address");

        JsonNode released = run(config, "--release", "--mail");
        assertThat(released.get("run").get("state").asText()).isEqualTo("RELEASED");
        assertThat(released.get("run").get("notSendable").asInt()).isEqualTo(3);
        int number = 0;
        for (JsonNode document : released.get("invoices")) {
            assertThat(document.get("invoice").get("number").asText())
                    .matches("CM-\\d{4}-%05d".formatted(++number));
            assertThat(text(document)).contains("Amount due").doesNotContain("DRAFT");
        }
        assertThat(run(config, "--release").get("invoices")).isEqualTo(released.get("invoices"));
    }

    private JsonNode run(Path config, String... more) throws IOException {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "--config",
                                config.toString(),
                                "--date",
                                "2004-11-24",
                                "--out",
                                folder.resolve("out").toString()));
        arguments.addAll(List.of(more));
        assertThat(new CommandLine(new InvoiceCommand()).execute(arguments.toArray(String[]::new)))
                .isZero();
        return WireJson.mapper().readTree(folder.resolve("out/summary.json").toFile());
    }

    private String text(JsonNode document) throws IOException {
        Path file = folder.resolve("out").resolve(document.get("file").asText());
        try (var pdf = Loader.loadPDF(file.toFile())) {
            return new PDFTextStripper().getText(pdf);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ClassicModelsIT.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
