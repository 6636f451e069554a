package dev.slipway.backend.migration;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// A marketplace of entities, attributes and values whose keys are texts. What a right migration
/// makes of it is counted while the rows are made.
final class Bazaar {
    private static final String TABLES =
            """
            CREATE TABLE seller (handle VARCHAR(20) NOT NULL PRIMARY KEY, label VARCHAR(80),
              mail VARCHAR(80), payout VARCHAR(10))%1$s;
            CREATE TABLE entity (sku VARCHAR(40) NOT NULL PRIMARY KEY, family VARCHAR(40),
              seller VARCHAR(20), name_de VARCHAR(80), name_en VARCHAR(80), name_fr VARCHAR(80))%1$s;
            CREATE TABLE attribute_value (sku VARCHAR(40) NOT NULL, code VARCHAR(20) NOT NULL,
              lang VARCHAR(2) NOT NULL, v VARCHAR(300), PRIMARY KEY (sku, code, lang))%1$s;
            CREATE TABLE basket (ref VARCHAR(12) NOT NULL PRIMARY KEY, buyer VARCHAR(80),
              placed VARCHAR(30), meta VARCHAR(200))%1$s;
            CREATE TABLE basket_line (ref VARCHAR(12) NOT NULL, pos INT NOT NULL, sku VARCHAR(40),
              qty VARCHAR(12), price VARCHAR(30), PRIMARY KEY (ref, pos))%1$s""";
    private static final List<String> EURO = List.of("%s €", "EUR %s", "%s", "Euro %s");
    private static final int SELLERS = 15;

    final Map<String, BigDecimal> prices = new TreeMap<>();
    final Map<String, Integer> priceGaps = new TreeMap<>();
    final Map<String, Integer> tags = new TreeMap<>();
    final Map<String, BigDecimal> sold = new TreeMap<>();
    int sellersWithoutMail;
    int products;
    int ownerless;
    int texts;
    int properties;
    int baskets;
    int lines;
    int refusedLines;
    long pieces;
    long grams;
    private final Rows rows = new Rows();
    private final Random random;
    private final List<String> good = new ArrayList<>();

    Bazaar(long seed, int size) {
        random = new Random(seed);
        for (int i = 0; i < SELLERS; i++) {
            seller(i);
        }
        for (int i = 0; i < size; i++) {
            product(i);
        }
        rows.add("attribute_value", "gone", "colour", "de", "rot");
        for (int i = 0; i < size / 2; i++) {
            basket(i);
        }
    }

    void fill(Connection connection, String tableOptions) throws SQLException {
        rows.into(connection, TABLES.formatted(tableOptions));
    }

    private void seller(int i) {
        boolean noMail = i % 5 == 4;
        sellersWithoutMail += noMail ? 1 : 0;
        rows.add(
                "seller",
                (i % 2 == 0 ? "Shop" : "shop") + i,
                i % 3 == 0 ? "MÃ¼ller " + i : " Müller " + i,
                noMail ? "kein mail" : "Shop" + i + "@bazaar.example",
                one("EUR", "€", "sFr", "zł", "PLN"));
    }

    private void product(int i) {
        String sku = one("AB", "ab", "Zz", "q-") + "-" + (1000 + i);
        boolean owned = random.nextInt(30) > 0;
        String seller = one("shop", "SHOP", " shop") + random.nextInt(SELLERS);
        String english = random.nextInt(3) == 0 ? null : "Thing " + i;
        String french = random.nextInt(4) > 0 ? null : "Chose Ã©tÃ© " + i;
        rows.add(
                "entity",
                sku,
                one("Garten & Hof", " Living  Room"),
                owned ? seller : "nobody",
                "Ding ä" + i,
                english,
                french);
        texts += owned ? 1 + (english == null ? 0 : 1) + (french == null ? 0 : 1) : 0;
        products += owned ? 1 : 0;
        ownerless += owned ? 0 : 1;
        if (owned) {
            good.add(sku);
        }
        price(sku, owned);
        tags(sku, owned);
        int weight = 1 + random.nextInt(5000);
        grams += owned ? weight : 0;
        attribute(sku, "weight", one("%d g", "%dg", "%d").formatted(weight));
        LocalDate day = LocalDate.of(2001, 1, 1).plusDays(random.nextInt(5000));
        attribute(sku, "released", one(day.toString(), "31.02.2020", "05.11.2019"));
        attribute(sku, "active", one("ja", "NEIN", "oui", "no"));
        property(sku, owned, "colour", "de");
        property(sku, owned, "colour", "en");
        property(sku, owned, "material", "");
    }

    private void property(String sku, boolean owned, String code, String language) {
        if (random.nextBoolean()) {
            rows.add("attribute_value", sku, code, language, "Wert " + language);
            properties += owned ? 1 : 0;
        }
    }

    private void attribute(String sku, String code, String value) {
        rows.add("attribute_value", sku, code, "", value);
    }

    private void price(String sku, boolean owned) {
        int kind = random.nextInt(10);
        String gap = kind == 0 ? "null" : kind == 1 ? "sentinel" : kind == 2 ? "bad" : "";
        if (kind == 1) {
            attribute(sku, "price", one("auf Anfrage", "on request"));
        } else if (kind == 2) {
            attribute(sku, "price", one("-5,00 €", "viel"));
        } else if (kind > 2) {
            attribute(sku, "price", money(owned ? prices : new TreeMap<>()));
        }
        if (owned && !gap.isEmpty()) {
            priceGaps.merge(gap, 1, Integer::sum);
        }
    }

    /// An amount in one of its spellings, added to the sums.
    private String money(Map<String, BigDecimal> sums) {
        BigDecimal amount = new BigDecimal(100 + random.nextInt(400_000)).movePointLeft(2);
        String currency = one("EUR", "EUR", "CHF", "PLN");
        sums.merge(currency, amount, BigDecimal::add);
        return switch (currency) {
            case "CHF" -> "sFr " + String.format(Locale.ROOT, "%,.2f", amount).replace(',', '\'');
            case "PLN" -> amount.toPlainString().replace('.', ',') + " zł";
            default ->
                    EURO.get(random.nextInt(EURO.size()))
                            .formatted(
                                    random.nextBoolean()
                                            ? amount.toPlainString().replace('.', ',')
                                            : amount.toPlainString());
        };
    }

    private void tags(String sku, boolean owned) {
        int kind = random.nextInt(6);
        String word = one("grün", "neu", "süß");
        String value =
                switch (kind) {
                    case 0 -> "[\"" + word + "\"]";
                    case 1, 2 -> php(word, word.getBytes(StandardCharsets.UTF_8).length);
                    case 3 -> php(word, word.getBytes(StandardCharsets.ISO_8859_1).length);
                    case 4 -> php(word, word.length() + 7);
                    default -> "";
                };
        if (kind < 5) {
            attribute(sku, "tags", value);
        }
        if (owned) {
            tags.merge(kind < 4 ? word : kind == 4 ? "bad" : "null", 1, Integer::sum);
        }
    }

    private static String php(String word, int length) {
        return "a:1:{i:0;s:" + length + ":\"" + word + "\";}";
    }

    private void basket(int i) {
        baskets++;
        String ref = one("B", "b", "C") + i;
        rows.add(
                "basket",
                ref,
                i % 7 == 0 ? "nobody at home" : "b" + i + "@mail.example",
                i % 2 == 0 ? String.valueOf(1_500_000_000L + i) : "2019-05-06 07:08:09",
                "a:1:{s:6:\"origin\";s:3:\"Web\";}");
        for (int line = 1; line <= 1 + random.nextInt(4); line++) {
            boolean known = random.nextInt(25) > 0;
            int count = 1 + random.nextInt(5);
            String sku = good.get(random.nextInt(good.size()));
            rows.add(
                    "basket_line",
                    ref,
                    line,
                    known ? one(sku, sku.toUpperCase(Locale.ROOT), sku + " ") : "unknown",
                    one("%d", "x%d", "%d Stk").formatted(count),
                    money(known ? sold : new TreeMap<>()));
            lines += known ? 1 : 0;
            refusedLines += known ? 0 : 1;
            pieces += known ? count : 0;
        }
    }

    private String one(String... of) {
        return of[random.nextInt(of.length)];
    }
}
