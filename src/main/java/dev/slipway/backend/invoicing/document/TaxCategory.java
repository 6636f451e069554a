package dev.slipway.backend.invoicing.document;

import java.util.Locale;

/// How a supply is taxed; the code is that of EN 16931 (UNCL 5305).
public enum TaxCategory {
    STANDARD("S"),
    ZERO("Z"),
    EXEMPT("E"),
    REVERSE_CHARGE("AE"),
    OUTSIDE_SCOPE("O");

    private final String code;

    TaxCategory(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /// The name in a configuration file, for example `reverse-charge`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
