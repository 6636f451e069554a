package dev.slipway.backend.invoicing.document;

import java.time.Year;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How invoice numbers look, for example `INV-{year}-{number:06}`. With `{year}` in it each year
/// counts from 1 anew.
public record NumberSeries(String format) {
    private static final Pattern NUMBER = Pattern.compile("\\{number(?::0(\\d))?}");

    /// @throws IllegalArgumentException if the format has no place for the number, or two
    public NumberSeries {
        Matcher place = NUMBER.matcher(format);
        if (!place.find() || place.find()) {
            throw new IllegalArgumentException("must hold {number} or {number:06} once");
        }
        if (!format.replace("{year}", "").replaceAll(NUMBER.pattern(), "").matches("[^{}]*")) {
            throw new IllegalArgumentException("may hold {year} and {number:06} only");
        }
    }

    /// What is counted apart: the format with the year filled in.
    public String name(Year year) {
        return format.replace("{year}", year.toString());
    }

    public String number(Year year, long count) {
        Matcher place = NUMBER.matcher(name(year));
        return place.replaceAll(
                found ->
                        Matcher.quoteReplacement(
                                found.group(1) == null
                                        ? Long.toString(count)
                                        : ("%0" + found.group(1) + "d").formatted(count)));
    }
}
