package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.plan.Origin;
import dev.slipway.backend.migration.validation.RowHash;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.List;

/// What became of one value.
///
/// @param value as the target keeps it
/// @param utf8 its bytes if it is text, else null: a text is encoded once, hashed and sent as that
/// @param cell its hash: a value that comes again is hashed once
/// @param origin how the source had it
/// @param remarks what was unusual about it, to be counted
/// @param refusal why its row is not written, or null if this value does not forbid it
record Conversion(
        @Nullable Object value,
        byte @Nullable [] utf8,
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
        this(value, utf8(value), origin, remarks, refusal);
    }

    private Conversion(
            @Nullable Object value,
            byte @Nullable [] utf8,
            Origin origin,
            List<String> remarks,
            @Nullable Refusal refusal) {
        this(
                value,
                utf8,
                utf8 == null ? RowHash.cell(value) : RowHash.ofText(utf8),
                origin,
                remarks,
                refusal);
    }

    static byte @Nullable [] utf8(@Nullable Object value) {
        return value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : null;
    }

    /// A plain value, nothing to remark.
    static Conversion given(@Nullable Object value) {
        return new Conversion(value, Origin.GIVEN, List.of(), null);
    }
}
