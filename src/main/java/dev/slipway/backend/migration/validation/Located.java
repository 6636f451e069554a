package dev.slipway.backend.migration.validation;

import dev.slipway.api.migration.Validation;

import java.util.List;

/// Red checks with the places that make them red.
final class Located {
    private Located() {}

    static List<Validation> at(List<Validation> checks, List<String> places) {
        String detail = String.join(" | ", places);
        return checks.stream()
                .map(
                        v ->
                                v.passed()
                                        ? v
                                        : new Validation(
                                                v.runId(),
                                                v.step(),
                                                v.name(),
                                                false,
                                                v.source(),
                                                v.target(),
                                                detail.isEmpty() ? v.detail() : detail))
                .toList();
    }
}
