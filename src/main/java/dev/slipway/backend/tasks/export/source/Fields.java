package dev.slipway.backend.tasks.export.source;

import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.backend.http.Refused;

import org.jspecify.annotations.Nullable;

/// What is checked of a filter.
final class Fields {
    private Fields() {}

    /// @throws Refused if one of the fields is given
    static void none(String what, ExportFilter which, String... fields) {
        for (String field : fields) {
            if (value(which, field) != null) {
                throw Refused.badRequest(
                        "/which/" + field, what + " can't be chosen by '" + field + "'.");
            }
        }
    }

    static void dates(ExportFilter which) {
        if (which.from() != null && which.to() != null && which.to().isBefore(which.from())) {
            throw Refused.badRequest("/which/to", "The last date is before the first.");
        }
    }

    private static @Nullable Object value(ExportFilter which, String field) {
        return switch (field) {
            case "from" -> which.from();
            case "to" -> which.to();
            case "vendor" -> which.vendor();
            case "run" -> which.run();
            case "step" -> which.step();
            case "column" -> which.column();
            case "rule" -> which.rule();
            case "state" -> which.state();
            case "text" -> which.text();
            default -> throw new IllegalArgumentException(field);
        };
    }
}
