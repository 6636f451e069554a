package dev.slipway.backend.tasks.export.file;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;

/// One column of an export. Every value may be null.
///
/// @param precision digits of a decimal at most; 0 for other types
/// @param scale digits of a decimal behind the point
public record Column(String name, Type type, int precision, int scale) {
    /// The most digits that a decimal may have.
    public static final int MOST_DIGITS = 38;

    /// What a column holds.
    public enum Type {
        TEXT(String.class),
        INTEGER(Long.class),
        DECIMAL(BigDecimal.class),
        /// A moment, to the microsecond.
        TIMESTAMP(Instant.class),
        DATE(LocalDate.class),
        BOOLEAN(Boolean.class);

        private final Class<?> java;

        Type(Class<?> java) {
            this.java = java;
        }
    }

    public static Column text(String name) {
        return new Column(name, Type.TEXT, 0, 0);
    }

    public static Column of(String name, Type type) {
        return new Column(name, type, 0, 0);
    }

    public static Column decimal(String name, int precision, int scale) {
        return new Column(name, Type.DECIMAL, precision, scale);
    }

    /// The value as this column holds it.
    ///
    /// @throws DoesNotFit if it can't be held without a change
    public @Nullable Object fitted(@Nullable Object value) throws DoesNotFit {
        if (value == null) {
            return null;
        }
        if (!type.java.isInstance(value)) {
            throw new DoesNotFit(name, "a value of type " + value.getClass().getSimpleName());
        }
        return value instanceof BigDecimal decimal ? fitted(decimal) : value;
    }

    private BigDecimal fitted(BigDecimal value) throws DoesNotFit {
        try {
            BigDecimal scaled = value.setScale(scale, RoundingMode.UNNECESSARY);
            if (scaled.precision() <= precision) {
                return scaled;
            }
        } catch (ArithmeticException _) {
            // told below
        }
        throw new DoesNotFit(
                name, value.toPlainString() + " in a decimal(" + precision + ", " + scale + ")");
    }

    /// A value that a column can't hold. Nothing is rounded or cut to make it fit.
    public static final class DoesNotFit extends Exception {
        private static final long serialVersionUID = 1L;

        DoesNotFit(String column, String what) {
            super("the column '" + column + "' can't hold " + what);
        }
    }
}
