package dev.slipway.backend.migration.target;

import java.math.BigDecimal;

/// Is shown the cells of rows as they stand, one after another, without a value being made of each.
public interface CellVisitor {
    /// NULL.
    void none();

    /// Text in UTF-8, somewhere in some bytes.
    void text(byte[] bytes, int from, int length);

    void whole(long number);

    /// `unscaled / 10^scale`
    void decimal(long unscaled, int scale);

    /// A number of more than 18 digits.
    void decimal(BigDecimal number);

    void truth(boolean value);

    void day(long epochDay);

    /// @param micros since 1970, UTC
    void moment(long micros);

    /// The row is over.
    void end();
}
