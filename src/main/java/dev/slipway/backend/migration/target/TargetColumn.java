package dev.slipway.backend.migration.target;

/// A column of a target table.
///
/// @param type the target's own name for what its type is based on
/// @param declared its type in the words of the target
/// @param required whether a row must give it a value: NOT NULL and no default
public record TargetColumn(
        String name, Kind kind, String type, String declared, boolean required) {}
