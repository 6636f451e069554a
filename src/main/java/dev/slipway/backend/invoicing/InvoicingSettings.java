package dev.slipway.backend.invoicing;

import dev.slipway.backend.invoicing.document.Bank;
import dev.slipway.backend.invoicing.document.NumberSeries;
import dev.slipway.backend.invoicing.document.Party;
import dev.slipway.backend.invoicing.document.TaxCategory;
import dev.slipway.backend.invoicing.document.TaxPolicy;
import dev.slipway.backend.invoicing.document.TaxRule;
import dev.slipway.backend.invoicing.document.Terms;
import dev.slipway.config.Configuration;
import dev.slipway.config.Section;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The section `invoicing`. An example of every key is `assets/invoicing/example.yaml`.
///
/// @param database a name of the section `databases`
public record InvoicingSettings(
        String database, String vendorsSql, String salesSql, NumberSeries series, Terms terms) {

    /// Reads the section; empty if the file has none.
    ///
    /// @throws dev.slipway.config.BadFile naming everything that is wrong
    public static Optional<InvoicingSettings> read(Configuration configuration) {
        InvoicingSettings settings;
        try (Section section = configuration.section("invoicing")) {
            if (section.keys().isEmpty()) {
                return Optional.empty();
            }
            settings = new Reading(section).settings();
        }
        configuration.check();
        return Optional.of(settings);
    }

    /// Collects what is wrong while it reads, as sections do.
    private record Reading(Section section) {
        private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

        InvoicingSettings settings() {
            Bank bank = new Bank("", "", "");
            Party seller = new Party("", "", List.of(), "", null, null);
            Section sellerSection = section.section("seller");
            if (sellerSection == null) {
                section.problem("seller", "'seller' is missing");
            } else {
                try (sellerSection) {
                    seller = seller(sellerSection);
                    bank = bank(sellerSection);
                }
            }
            return new InvoicingSettings(
                    section.text("database"),
                    section.text("vendors-sql"),
                    section.text("sales-sql"),
                    series(),
                    new Terms(
                            seller,
                            bank,
                            zone(),
                            locale(),
                            currency(),
                            paymentDays(),
                            fallback(),
                            taxes()));
        }

        private static Party seller(Section seller) {
            return new Party(
                    "",
                    seller.text("name"),
                    seller.texts("address"),
                    seller.text("country").toUpperCase(Locale.ROOT),
                    seller.textOrNull("tax-id"),
                    seller.textOrNull("email"));
        }

        private static Bank bank(Section seller) {
            String iban = seller.text("iban").replace(" ", "").toUpperCase(Locale.ROOT);
            if (!iban.isEmpty() && !Iban.valid(iban)) {
                seller.problem("iban", "'iban' is no IBAN: its check digits do not fit");
            }
            return new Bank(iban, seller.text("bic", ""), seller.text("bank", ""));
        }

        private NumberSeries series() {
            try {
                return new NumberSeries(section.text("series", "INV-{year}-{number:06}"));
            } catch (IllegalArgumentException e) {
                section.problem("series", "'series' " + e.getMessage());
                return new NumberSeries("{number}");
            }
        }

        private ZoneId zone() {
            try {
                return ZoneId.of(section.text("zone"));
            } catch (DateTimeException _) {
                section.problem("zone", "'zone' must be a time zone such as Europe/Berlin");
                return ZoneId.of("UTC");
            }
        }

        private String locale() {
            String tag = section.text("locale", "en-IE");
            if (!Arrays.asList(Locale.getAvailableLocales()).contains(Locale.forLanguageTag(tag))) {
                section.problem("locale", "'locale' must be a language tag such as en-IE or de-DE");
            }
            return tag;
        }

        private String currency() {
            String code = section.text("currency", "EUR");
            try {
                return Currency.getInstance(code).getCurrencyCode();
            } catch (IllegalArgumentException _) {
                section.problem("currency", "'currency' must be an ISO 4217 code such as EUR");
                return "EUR";
            }
        }

        private int paymentDays() {
            int days = section.integer("payment-days", 14);
            if (days < 0 || days > 365) {
                section.problem("payment-days", "'payment-days' must be between 0 and 365");
            }
            return days;
        }

        private @Nullable BigDecimal fallback() {
            return section.has("commission-fallback-percent")
                    ? percent(section, "commission-fallback-percent").movePointLeft(2)
                    : null;
        }

        private TaxPolicy taxes() {
            Map<String, TaxRule> rules = new HashMap<>();
            TaxRule otherwise = null;
            for (Section rule : section.sections("tax")) {
                try (rule) {
                    TaxRule read = rule(rule);
                    for (String country : rule.texts("countries")) {
                        if (country.equals("*")) {
                            otherwise = read;
                        } else if (!country.matches("[A-Z]{2}")) {
                            rule.problem("countries", "'" + country + "' is no ISO country code");
                        } else if (rules.put(country, read) != null) {
                            rule.problem("countries", "'" + country + "' has two rules");
                        }
                    }
                }
            }
            if (otherwise == null) {
                section.problem("tax", "'tax' must have a rule for all other countries: ['*']");
                otherwise = new TaxRule(TaxCategory.STANDARD, BigDecimal.ZERO, "");
            }
            return new TaxPolicy(rules, otherwise);
        }

        private static TaxRule rule(Section rule) {
            String word = rule.text("category", TaxCategory.STANDARD.word());
            TaxCategory category =
                    Arrays.stream(TaxCategory.values())
                            .filter(c -> c.word().equals(word))
                            .findFirst()
                            .orElse(null);
            if (category == null) {
                rule.problem(
                        "category",
                        "'category' must be one of "
                                + String.join(
                                        ", ",
                                        Arrays.stream(TaxCategory.values())
                                                .map(TaxCategory::word)
                                                .toList()));
                category = TaxCategory.STANDARD;
            }
            BigDecimal percent =
                    category == TaxCategory.STANDARD ? percent(rule, "percent") : BigDecimal.ZERO;
            String note = rule.text("note", "");
            if (category != TaxCategory.STANDARD && note.isBlank()) {
                rule.problem("category", "a rule that charges no tax needs a 'note' saying why");
            }
            return new TaxRule(category, percent, note);
        }

        private static BigDecimal percent(Section section, String key) {
            String text = section.text(key);
            try {
                BigDecimal percent = new BigDecimal(text);
                if (percent.signum() >= 0 && percent.compareTo(HUNDRED) <= 0) {
                    return percent;
                }
            } catch (NumberFormatException _) {
                // told below
            }
            section.problem(key, "'" + key + "' must be a number between 0 and 100");
            return BigDecimal.ZERO;
        }
    }
}
