package dev.slipway.backend.invoicing;

import java.math.BigInteger;

/// The check of an IBAN (ISO 13616): modulo 97 of its rearranged digits is 1.
final class Iban {
    private Iban() {}

    /// @param iban without spaces, upper case
    static boolean valid(String iban) {
        if (!iban.matches("[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")) {
            return false;
        }
        String rearranged = iban.substring(4) + iban.substring(0, 4);
        var digits = new StringBuilder();
        rearranged.chars().forEach(c -> digits.append(Character.digit(c, 36)));
        return new BigInteger(digits.toString()).mod(BigInteger.valueOf(97)).intValue() == 1;
    }
}
