package dev.slipway.backend.invoicing.document;

import java.util.regex.Pattern;

/// Whether an e-mail address can be sent to: one address, ASCII, as mail servers take it without
/// extensions.
public final class MailAddress {
    private static final Pattern USABLE =
            Pattern.compile(
                    "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
                            + "@(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+"
                            + "[A-Za-z0-9-]*[A-Za-z][A-Za-z0-9-]*");

    private MailAddress() {}

    public static boolean usable(String address) {
        int at = address.indexOf('@');
        return USABLE.matcher(address).matches()
                && !address.startsWith(".")
                && address.charAt(at - 1) != '.'
                && !address.contains("..");
    }
}
