package dev.slipway.backend.tasks.export;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;

import org.apache.commons.csv.CSVFormat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads exports of [OrderShop] with code that is not the writer's, each row as the text that
/// [OrderShop#rows] makes of the database's.
final class Reading {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private Reading() {}

    /// An apostrophe before a formula is taken off again, as the help says it was put there.
    static List<String> csv(Path file) throws IOException {
        var format =
                CSVFormat.POSTGRESQL_CSV
                        .builder()
                        .setRecordSeparator("\r\n")
                        .setEscape(null)
                        .setHeader()
                        .setSkipHeaderRecord(true)
                        .get();
        List<String> rows = new ArrayList<>();
        try (var parser = format.parse(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            for (var record : parser) {
                String title = record.get("title");
                rows.add(
                        String.join(
                                "|",
                                record.get("id"),
                                String.valueOf(record.get("ordered_at")),
                                record.get("ordered_on"),
                                record.get("vendor"),
                                String.valueOf(unguarded(title)),
                                String.valueOf(record.get("amount")),
                                gift(record.get("gift"))));
            }
        }
        return rows;
    }

    private static @org.jspecify.annotations.Nullable String unguarded(
            @org.jspecify.annotations.Nullable String title) {
        return title != null && title.startsWith("'") ? title.substring(1) : title;
    }

    static List<String> jsonLines(Path file) throws IOException {
        List<String> rows = new ArrayList<>();
        for (String line : Files.readString(file).split("\n")) {
            JsonNode row = JSON.readTree(line);
            rows.add(
                    String.join(
                            "|",
                            row.get("id").asText(),
                            row.get("ordered_at").asText(),
                            row.get("ordered_on").asText(),
                            row.get("vendor").asText(),
                            row.get("title").asText(),
                            row.get("amount").isNull()
                                    ? "null"
                                    : row.get("amount").decimalValue().setScale(2).toPlainString(),
                            gift(row.get("gift").asText())));
        }
        return rows;
    }

    static List<String> parquet(Path file) throws IOException {
        List<String> rows = new ArrayList<>();
        try (var reader = ParquetFileReader.open(InputFile.of(file));
                RowReader row = reader.rowReader()) {
            while (row.hasNext()) {
                row.next();
                BigDecimal amount = row.isNull("amount") ? null : row.getDecimal("amount");
                rows.add(
                        String.join(
                                "|",
                                "" + row.getLong("id"),
                                row.isNull("ordered_at")
                                        ? "null"
                                        : row.getTimestamp("ordered_at").toString(),
                                row.getDate("ordered_on").toString(),
                                row.getString("vendor"),
                                row.isNull("title") ? "null" : row.getString("title"),
                                amount == null ? "null" : amount.toPlainString(),
                                row.isNull("gift")
                                        ? "null"
                                        : gift(String.valueOf(row.getBoolean("gift")))));
            }
        }
        return rows;
    }

    private static String gift(@org.jspecify.annotations.Nullable String flag) {
        return switch (flag) {
            case "true" -> "1";
            case "false" -> "0";
            case null, default -> "null";
        };
    }
}
