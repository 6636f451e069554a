package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.plan.Origin;
import dev.slipway.backend.migration.validation.RowHash;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What became of one value.
///
/// @param value as the target keeps it
/// @param cell its hash: a value that comes again is hashed once
/// @param origin how the source had it
/// @param remarks what was unusual about it, to be counted
/// @param refusal why its row is not written, or null if this value does not forbid it
record Conversion(
        @Nullable Object value,
        long cell,
        Origin origin,
        List<String> remarks,
        @Nullable Refusal refusal) {

    Conversion {
        remarks = List.copyOf(remarks);
    }

    Conversion(
            @Nullable Object value,
            Origin origin,
            List<String> remarks,
            @Nullable Refusal refusal) {
        this(value, RowHash.cell(value), origin, remarks, refusal);
    }

    /// A plain value, nothing to remark.
    static Conversion given(@Nullable Object value) {
        return new Conversion(value, Origin.GIVEN, List.of(), null);
    }
}
