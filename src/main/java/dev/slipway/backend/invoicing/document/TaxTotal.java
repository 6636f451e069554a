package dev.slipway.backend.invoicing.document;

import java.math.BigDecimal;

/// One row of the tax table.
///
/// @param percent 19 for 19 %; 0 where nothing is charged
/// @param note why nothing is charged, as it must stand on the invoice; may be empty
/// @param base net of the lines taxed so
/// @param tax base × percent, rounded half up once per row, not per line
public record TaxTotal(
        TaxCategory category, BigDecimal percent, String note, BigDecimal base, BigDecimal tax) {}
