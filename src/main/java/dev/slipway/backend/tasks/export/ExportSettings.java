package dev.slipway.backend.tasks.export;

import dev.slipway.backend.tasks.export.file.Column;
import dev.slipway.backend.tasks.export.source.OrderQuery;
import dev.slipway.config.Configuration;
import dev.slipway.config.Section;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The section `exports`. An example of every key is `assets/exports/example.yaml`.
///
/// @param folder where the files are; servers and workers of several machines must share it
/// @param keep how long a file can be downloaded
/// @param orders how the shop's orders are read; empty if they can't be exported
record ExportSettings(Path folder, Duration keep, Optional<OrderQuery> orders) {
    private static final int MOST_HOURS = 24 * 90;
    private static final Pattern DECIMAL =
            Pattern.compile("decimal\\( *([0-9]{1,2}) *, *([0-9]{1,2}) *\\)");

    /// @throws dev.slipway.config.BadFile naming everything that is wrong
    static ExportSettings read(Configuration configuration, Path state) {
        ExportSettings settings;
        try (Section section = configuration.section("exports")) {
            int hours = section.integer("keep-hours", 24);
            if (hours < 1 || hours > MOST_HOURS) {
                section.problem("keep-hours", "'keep-hours' must be 1 to " + MOST_HOURS);
            }
            settings =
                    new ExportSettings(
                            section.has("folder")
                                    ? configuration.path(section.text("folder", ""))
                                    : state.resolve("exports"),
                            Duration.ofHours(hours),
                            orders(configuration, section.section("orders")));
        }
        configuration.check();
        return settings;
    }

    private static Optional<OrderQuery> orders(
            Configuration configuration, @Nullable Section orders) {
        if (orders == null) {
            return Optional.empty();
        }
        try (orders) {
            return Optional.of(
                    new OrderQuery(
                            configuration.database(orders.text("database")),
                            orders.text("sql").strip(),
                            types(orders.section("types")),
                            zone(orders)));
        }
    }

    private static ZoneId zone(Section orders) {
        try {
            return ZoneId.of(orders.text("zone", "UTC"));
        } catch (DateTimeException e) {
            orders.problem("zone", "'zone' must be a time zone, for example Europe/Berlin");
            return ZoneId.of("UTC");
        }
    }

    private static Map<String, Column> types(@Nullable Section types) {
        Map<String, Column> found = new LinkedHashMap<>();
        if (types == null) {
            return found;
        }
        try (types) {
            for (String name : types.keys()) {
                String column = name.toLowerCase(Locale.ROOT);
                found.put(column, type(types, name, column));
            }
        }
        return found;
    }

    private static Column type(Section types, String key, String column) {
        String type = types.text(key).strip().toLowerCase(Locale.ROOT);
        Matcher decimal = DECIMAL.matcher(type);
        if (decimal.matches()) {
            int precision = Integer.parseInt(decimal.group(1));
            int scale = Integer.parseInt(decimal.group(2));
            if (precision > 0 && precision <= Column.MOST_DIGITS && scale <= precision) {
                return Column.decimal(column, precision, scale);
            }
        }
        return switch (type) {
            case "text" -> Column.text(column);
            case "integer" -> Column.of(column, Column.Type.INTEGER);
            case "timestamp" -> Column.of(column, Column.Type.TIMESTAMP);
            case "date" -> Column.of(column, Column.Type.DATE);
            case "boolean" -> Column.of(column, Column.Type.BOOLEAN);
            default -> {
                types.problem(
                        key,
                        "must be text, integer, decimal(12, 2) of at most 38 digits, timestamp,"
                                + " date or boolean");
                yield Column.text(column);
            }
        };
    }
}
