package dev.slipway.backend.migration.validation;

import dev.slipway.api.migration.Place;

import java.sql.SQLException;
import java.util.List;

/// Finds the rows and cells that make a checksum red.
@FunctionalInterface
public interface Diagnosis {
    /// The first few differences, each with table, key and column.
    List<Place> locate(StepView step) throws SQLException;
}
