package dev.slipway.backend.invoicing.document;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Currency;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;

/// Words, numbers and dates of one invoice, by its locale alone: never by the machine's.
public final class Words {
    private final Locale locale;
    private final Currency currency;
    private final Properties texts = new Properties();

    public Words(String locale, String currency) {
        this.locale = Locale.forLanguageTag(locale);
        this.currency = Currency.getInstance(currency);
        load("/assets/invoicing/words.properties", true);
        load("/assets/invoicing/words_" + this.locale.getLanguage() + ".properties", false);
    }

    /// A text with its places filled; the key itself is a mistake of ours.
    public String text(String key, Object... values) {
        String text =
                Objects.requireNonNull(texts.getProperty(key), () -> "there is no text " + key);
        return values.length == 0
                ? text
                : new MessageFormat(text.replace("'", "''"), locale).format(values);
    }

    /// An amount without its currency.
    public String amount(BigDecimal amount) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMinimumFractionDigits(currency.getDefaultFractionDigits());
        format.setMaximumFractionDigits(
                Math.max(currency.getDefaultFractionDigits(), amount.scale()));
        return format.format(amount);
    }

    /// An amount with its currency.
    public String money(BigDecimal amount) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(currency);
        format.setMinimumFractionDigits(currency.getDefaultFractionDigits());
        format.setMaximumFractionDigits(currency.getDefaultFractionDigits());
        return format.format(amount);
    }

    /// A number as short as it can be.
    public String number(BigDecimal number) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(6);
        return format.format(number);
    }

    /// @param percent 19 for 19 %
    public String percent(BigDecimal percent) {
        return number(percent) + "\u00a0%";
    }

    public String date(LocalDate date) {
        return date.format(DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale));
    }

    public String currencyCode() {
        return currency.getCurrencyCode();
    }

    private void load(String resource, boolean required) {
        try (var in = Words.class.getResourceAsStream(resource)) {
            if (in != null) {
                texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            } else if (required) {
                throw new IllegalStateException("missing resource " + resource);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
