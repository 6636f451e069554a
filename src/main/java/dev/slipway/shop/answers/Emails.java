package dev.slipway.shop.answers;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What counts as an e-mail address: one `@`, a dot in the domain, no blanks.
public final class Emails {
    private static final Pattern PLAUSIBLE = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s]+");

    private Emails() {}

    public static boolean plausible(String text) {
        return PLAUSIBLE.matcher(text.strip()).matches();
    }

    /// The address in lower case; empty if it is none.
    public static Optional<String> normal(String text) {
        return plausible(text)
                ? Optional.of(text.strip().toLowerCase(Locale.ROOT))
                : Optional.empty();
    }
}
