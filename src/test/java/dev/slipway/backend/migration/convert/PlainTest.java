package dev.slipway.backend.migration.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.backend.migration.plan.ColumnType;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/// The short way makes of a text what the long one makes of it, or nothing: over all texts of the
/// table of conversions and over what becomes of them when single characters are changed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlainTest {
    private static final int CHANGED = 60;
    private static final String NASTY =
            "0123456789 .,-+:/TZ@_eEaäßÀ'\t\n\r\0\u00A0\u2003\u0660\uFEFF\uDC80\uD83D\uDE00";
    private static final String[] USUAL = {
        "0",
        "7",
        "0012",
        "999999999999999999",
        "9223372036854775807",
        "12.50",
        "0.05",
        "1999.9",
        "2024-02-29",
        "2023-02-29",
        "2024-02-29 23:59:59",
        "1989-12-31 00:00:00",
        "2101-01-01",
        "2024-01-31T00:00:00Z",
        "2024-13-01 10:10:10",
        "0000-00-00 00:00:00",
        "2024-03-31 02:30:00",
        "ann.b-c@shop.example",
        "a@b.c",
        "A@b.example",
        "a@b..c",
        "a@b.c.",
        "Lamp, small",
        " Lamp",
        "Lamp ",
        "a\nb",
        "Müller",
        "MÃ¼ller",
        "1,234.50",
        "1.234",
        "EUR 5",
        "-5",
        "+5"
    };

    private final List<String> texts = new ArrayList<>();

    @BeforeAll
    void texts() throws IOException {
        List<String> given = new ArrayList<>(List.of(USUAL));
        try (var table =
                Objects.requireNonNull(getClass().getResourceAsStream("/plans/conversions.csv"))) {
            for (String line :
                    new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                String[] parts = line.split("\\|", -1);
                if (parts.length == 3) {
                    given.add(parts[1].replace("`", "").strip().translateEscapes());
                }
            }
        }
        var random = new Random(42);
        for (String text : given) {
            texts.add(text);
            for (int i = 0; i < CHANGED; i++) {
                texts.add(changed(text, random));
            }
        }
    }

    private static String changed(String text, Random random) {
        var changed = new StringBuilder(text);
        for (int times = random.nextInt(1, 4); times > 0; times--) {
            char c = NASTY.charAt(random.nextInt(NASTY.length()));
            int at = random.nextInt(changed.length() + 1);
            switch (random.nextInt(3)) {
                case 0 -> changed.insert(at, c);
                case 1 ->
                        changed.replace(at, Math.min(at + 1, changed.length()), String.valueOf(c));
                default -> changed.delete(at, Math.min(at + 1, changed.length()));
            }
        }
        return changed.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type: integer",
                "type: integer, min: 1, max: 100",
                "type: integer, strip: '(?:x| pcs)$'",
                "type: text",
                "type: text, trim: both, empty: missing",
                "type: text, trim: right, max: 5",
                "type: text, case: lower",
                "type: text, slug: true",
                "type: email",
                "type: date, earliest: 1990, latest: 2100",
                "type: date, formats: [dd.MM.yyyy, iso]",
                "type: date, impossible: clamp",
                "type: timestamp, earliest: 1990, latest: 2100",
                "type: timestamp, zone: Europe/Berlin",
                "type: timestamp, formats: [iso, dd.MM.yyyy, epoch]"
            })
    void theShortWayIsTheLongOne(String yaml) throws BadValue {
        ColumnType type = ConvertersTest.column(yaml).type();
        Converter converter = Converters.STANDARD.of(type);
        for (String text : texts) {
            Object plain = converter.plain(text);
            if (plain != null) {
                assertThat(plain).as("'%s'", text).isEqualTo(converter.convert(text));
                nothingToSay(type, text, plain);
            }
        }
    }

    /// The long way of an amount begins with the short one, so the number itself is what to expect.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "type: decimal, scale: 2",
                "type: decimal, scale: 4, decimal: comma",
                "type: money, currencies: {EUR: ['€']}, currency: EUR, negative: bad, words: {free: 0}"
            })
    void aPlainAmountIsTheNumberItself(String yaml) {
        var type = (ColumnType.Decimal) ConvertersTest.column(yaml).type();
        Converter converter = Converters.STANDARD.of(type);
        for (String text : texts) {
            Object plain = converter.plain(text);
            if (plain != null) {
                assertThat(plain)
                        .as("'%s'", text)
                        .isEqualTo(new BigDecimal(text).setScale(type.scale()));
                nothingToSay(type, text, plain);
            }
        }
    }

    private static void nothingToSay(ColumnType type, String text, Object plain) {
        assertThat(Spelling.of(type).of(text, plain)).as("'%s'", text).isEmpty();
        assertThat(Encoding.repair(text)).isEqualTo(text);
    }

    @Test
    void whatIsUsualTakesTheShortWay() {
        assertThat(plain("type: integer, min: 1", "2000000")).isEqualTo(2_000_000L);
        assertThat(plain("type: decimal, scale: 2", "12.5")).isEqualTo(new BigDecimal("12.50"));
        assertThat(plain("type: text, trim: both", "Lamp, small")).isEqualTo("Lamp, small");
        assertThat(plain("type: email", "ann@shop.example")).isEqualTo("ann@shop.example");
        assertThat(plain("type: timestamp", "2024-02-29 23:59:59"))
                .hasToString("2024-02-29T23:59:59Z");
        assertThat(plain("type: date", "2024-02-29")).hasToString("2024-02-29");
    }

    private static @Nullable Object plain(String yaml, String text) {
        return Converters.STANDARD.of(ConvertersTest.column(yaml).type()).plain(text);
    }
}
