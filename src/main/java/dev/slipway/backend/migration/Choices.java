package dev.slipway.backend.migration;

import dev.slipway.api.migration.QuarantineChoice;
import dev.slipway.api.migration.QuarantineState;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.http.Request;
import dev.slipway.backend.migration.ledger.QuarantineFilter;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;

/// Which rows in quarantine a request means.
final class Choices {
    private Choices() {}

    static QuarantineFilter filter(QuarantineChoice which) {
        return new QuarantineFilter(
                which.step(),
                which.column(),
                which.rule(),
                EnumSet.allOf(QuarantineState.class),
                which.text(),
                which.rows().stream()
                        .map(row -> new QuarantineFilter.Row(row.step(), row.key()))
                        .toList());
    }

    /// Those that the query parameters of a list name.
    static QuarantineFilter filter(Request request) {
        String state = request.query("state").orElse("").toUpperCase(Locale.ROOT);
        return new QuarantineFilter(
                request.query("step").orElse(""),
                request.query("column").orElse(null),
                request.query("rule").orElse(""),
                state.isEmpty() ? EnumSet.allOf(QuarantineState.class) : EnumSet.of(state(state)),
                request.query("text").orElse(""),
                List.of());
    }

    private static QuarantineState state(String name) {
        return Arrays.stream(QuarantineState.values())
                .filter(state -> state.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refused.badRequest("state", "One of open, accepted, resolved."));
    }
}
