package dev.slipway.backend.migration.validation;

import java.sql.SQLException;
import java.util.List;

/// Finds the rows and cells that make a checksum red.
@FunctionalInterface
public interface Diagnosis {
    /// The first few differences, each with table, key and column.
    List<String> locate(StepView step) throws SQLException;
}
