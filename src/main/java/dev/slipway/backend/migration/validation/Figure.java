package dev.slipway.backend.migration.validation;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;

/// A value of a query as text that is the same on both sides if the value is the same: 1.50, 1.5
/// and the text "1.50" are one number.
final class Figure {
    private Figure() {}

    static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case BigDecimal number -> plain(number);
            case BigInteger number -> number.toString();
            case Double number -> plain(new BigDecimal(number.toString()));
            case Float number -> plain(new BigDecimal(number.toString()));
            case Number number -> plain(new BigDecimal(number.longValue()));
            case Boolean truth -> truth ? "1" : "0";
            case byte[] bytes -> new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
            default -> text(value.toString());
        };
    }

    private static String text(String text) {
        return text.matches("-?\\d{1,30}(\\.\\d{1,30})?") && !text.matches("-?0\\d.*")
                ? plain(new BigDecimal(text))
                : text;
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
