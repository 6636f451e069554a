package dev.slipway.backend.migration.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.backend.migration.ledger.Keys;
import dev.slipway.backend.migration.plan.Column;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.source.SourceColumn.Kind;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Writes the first plan and the target's tables for what was found.
final class Draft {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int INT_DIGITS = 9;
    private static final int LONGEST = 60;
    private static final int NUMERIC_DIGITS = 38;

    private Draft() {}

    /// A column as the plan has it; null if it is made by an expression.
    static @Nullable Column column(TableProfile table, ColumnProfile profile) {
        if (profile.column.kind() == Kind.BINARY) {
            return null;
        }
        String plan =
                "name: p\nsteps:\n  - name: s\n    source: {table: t}\n    target: t\n    columns:\n"
                        + line(table, profile);
        return PlanReader.read("draft", plan, Path.of(".")).steps().getFirst().columns().getFirst();
    }

    static String plan(String name, Profile profile) {
        var plan = new StringBuilder();
        plan.append(
                        "# A first plan, written from what was found in the source. Read profile.txt beside it,\n")
                .append("# then say what the target should really be.\n")
                .append("name: ")
                .append(quoted(name))
                .append("\nschema:\n  postgresql: {before: target.sql}\n\nsteps:\n");
        for (TableProfile table : profile.tables()) {
            if (!table.key.isEmpty()) {
                step(plan, table);
            }
        }
        return plan.toString();
    }

    private static void step(StringBuilder plan, TableProfile table) {
        table.remarks.forEach(remark -> plan.append("  # ").append(plain(remark)).append('\n'));
        plan.append("  - name: ").append(quoted(stepName(table.name))).append('\n');
        List<ColumnProfile> bytes =
                table.columns.stream().filter(c -> c.column.kind() == Kind.BINARY).toList();
        String expressions =
                bytes.stream()
                        .map(c -> quoted(hex(c)) + ": " + quoted("HEX(" + c.column.name() + ")"))
                        .collect(Collectors.joining(", "));
        plan.append("    source: {table: ").append(quoted(table.name));
        plan.append(bytes.isEmpty() ? "}\n" : ", expressions: {" + expressions + "}}\n");
        plan.append("    key: [")
                .append(quoted(table.key))
                .append("]\n    target: ")
                .append(quoted(table.name))
                .append("\n    columns:\n");
        table.columns.forEach(column -> plan.append(line(table, column)));
        plan.append('\n');
    }

    private static String stepName(String table) {
        return table.replaceAll("[^\\p{L}\\p{N} _.-]", "-").replaceAll("^[^\\p{L}\\p{N}]+", "t");
    }

    private static String hex(ColumnProfile bytes) {
        return bytes.column.name() + "_hex";
    }

    private static String line(TableProfile table, ColumnProfile column) {
        String name = column.column.name();
        List<String> parts = new ArrayList<>();
        Guess guess = column.guess();
        if (column.column.kind() == Kind.BINARY) {
            name = hex(column);
            parts.add("type: text");
        } else if (guess != null) {
            typed(parts, guess);
        } else if (column.few()) {
            String values =
                    column.words.keySet().stream()
                            .filter(w -> !w.isBlank())
                            .filter(w -> !ColumnProfile.SENTINELS.contains(w))
                            .map(w -> quoted(w) + ": []")
                            .collect(Collectors.joining(", "));
            parts.add("type: enum, exact: true, values: {" + values + "}");
        } else {
            parts.add("type: text");
            add(parts, column.mended > 0, "repair: true");
            add(parts, column.nul > 0, "nul: remove");
        }
        boolean typed = guess != null || column.few();
        if (typed && !column.sentinels.isEmpty()) {
            parts.add("missing: [" + quoted(column.sentinels.keySet()) + "]");
        }
        add(parts, required(table, column), "on-missing: quarantine");
        String line = "      %s: {%s}\n".formatted(quoted(name), String.join(", ", parts));
        return guess != null && guess.word.equals("money") ? line + currency(name) : line;
    }

    /// An amount's currency is kept beside it; XXX is what ISO 4217 has for none.
    private static String currency(String amount) {
        return "      %s: {type: currency, from: %s, %s, otherwise: XXX}\n"
                .formatted(quoted(amount + "_currency"), quoted(amount), currencies());
    }

    private static String currencies() {
        return "currencies: {"
                + new TreeMap<>(Guess.CURRENCIES)
                        .entrySet().stream()
                                .map(e -> e.getKey() + ": [" + quoted(e.getValue()) + "]")
                                .collect(Collectors.joining(", "))
                + "}";
    }

    private static String quoted(Collection<String> texts) {
        return texts.stream().map(Draft::quoted).collect(Collectors.joining(", "));
    }

    private static void typed(List<String> parts, Guess guess) {
        switch (guess.word) {
            case "decimal" -> parts.add("type: decimal, scale: " + guess.scale);
            case "money" -> {
                parts.add("type: money, scale: " + guess.scale);
                parts.add(currencies());
            }
            case "date", "timestamp" ->
                    parts.add(
                            "type: "
                                    + guess.word
                                    + ", formats: ["
                                    + String.join(", ", Guess.FORMATS)
                                    + "], earliest: 1900, latest: 2100");
            case "email" -> parts.add("type: email, lower: false");
            case "json" -> parts.add("type: json, php: true");
            default -> parts.add("type: " + guess.word);
        }
    }

    /// A key has a value, and so has a column that was never without one.
    private static boolean required(TableProfile table, ColumnProfile column) {
        long without = column.guess() == null && !column.few() ? column.nulls : column.missing();
        boolean always = table.whole() && column.rows > 0 && without == 0;
        return always || table.key.contains(column.column.name());
    }

    static String sql(Profile profile) {
        var sql = new StringBuilder();
        sql.append(
                "-- The target's tables for the first plan. Each comment says what was found.\n");
        for (TableProfile table : profile.tables()) {
            if (!table.key.isEmpty()) {
                create(sql, table);
            }
        }
        return sql.toString();
    }

    private static void create(StringBuilder sql, TableProfile table) {
        sql.append("\nCREATE TABLE ").append(identifier(table.name)).append(" (\n");
        for (ColumnProfile column : table.columns) {
            boolean bytes = column.column.kind() == Kind.BINARY;
            String name = bytes ? hex(column) : column.column.name();
            sql.append("    -- ").append(plain(profileLine(column))).append('\n');
            sql.append("    ").append(identifier(name)).append(' ').append(type(column));
            sql.append(required(table, column) ? " NOT NULL" : "").append(",\n");
            Guess guess = column.guess();
            if (guess != null && guess.word.equals("money")) {
                sql.append("    ").append(identifier(name + "_currency")).append(" text,\n");
            }
        }
        sql.append("    PRIMARY KEY (")
                .append(table.key.stream().map(Draft::identifier).collect(Collectors.joining(", ")))
                .append(")\n);\n");
    }

    private static String type(ColumnProfile column) {
        Guess guess = column.guess();
        if (guess == null) {
            return "text";
        }
        return switch (guess.word) {
            case "integer" -> column.longest <= INT_DIGITS ? "integer" : "bigint";
            case "decimal", "money" -> "numeric(" + NUMERIC_DIGITS + ", " + guess.scale + ")";
            case "date" -> "date";
            case "timestamp" -> "timestamptz";
            case "json" -> "jsonb";
            default -> "text";
        };
    }

    /// What was found in a column, in a line.
    static String profileLine(ColumnProfile c) {
        List<String> found = new ArrayList<>();
        Guess guess = c.guess();
        found.add(
                "declared %s, found %s"
                        .formatted(
                                c.column.kind().name().toLowerCase(java.util.Locale.ROOT),
                                guess == null ? c.few() ? "few words" : "text" : guess.word));
        count(
                found,
                guess == null ? 0 : guess.bad,
                "are not: " + (guess == null ? "" : shown(guess.sample)));
        count(found, c.nulls, "NULL");
        count(found, c.blanks, "blank");
        c.sentinels.forEach((word, n) -> count(found, n, shown(word)));
        count(found, c.ends, "with blanks at the ends");
        count(found, c.nul, "with NUL");
        count(found, c.bytes, "with bytes that are not UTF-8");
        count(found, c.mended, "in a wrong encoding");
        if (c.formats.size() > 1) {
            c.formats.forEach((format, n) -> count(found, n, format));
        }
        if (!c.manyWords && c.words.size() <= 12 && c.rows > c.words.size() * 3L) {
            found.add(
                    "words "
                            + c.words.entrySet().stream()
                                    .map(e -> shown(e.getKey()) + " " + e.getValue())
                                    .collect(Collectors.joining(", ")));
        } else if (!c.samples.isEmpty()) {
            found.add(
                    "such as "
                            + c.samples.stream()
                                    .map(Draft::shown)
                                    .collect(Collectors.joining(", ")));
        }
        return String.join("; ", found);
    }

    private static void count(List<String> found, long n, String what) {
        add(found, n > 0, "%,d %s".formatted(n, what));
    }

    private static void add(List<String> parts, boolean holds, String part) {
        if (holds) {
            parts.add(part);
        }
    }

    private static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /// A value for people, not too long.
    private static String shown(String text) {
        String visible = Keys.visible(text);
        return quoted(visible.length() > LONGEST ? visible.substring(0, LONGEST) + "…" : visible);
    }

    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
