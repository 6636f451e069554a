package dev.slipway.backend.migration;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Books in several currencies whose keys are composite. Every entry balances in each currency;
/// what a right migration makes of it is counted while the rows are made.
final class DoubleEntry {
    private static final String TABLES =
            """
            CREATE TABLE konto (nr VARCHAR(10) NOT NULL PRIMARY KEY, title VARCHAR(60), kind CHAR(1),
              ccy CHAR(3), parent VARCHAR(10))%1$s;
            CREATE TABLE journal (batch CHAR(6) NOT NULL, no INT NOT NULL, day VARCHAR(10),
              memo VARCHAR(80), PRIMARY KEY (batch, no))%1$s;
            CREATE TABLE posting (batch CHAR(6) NOT NULL, no INT NOT NULL, line INT NOT NULL,
              konto VARCHAR(10), side CHAR(1), amount VARCHAR(30), ccy VARCHAR(5),
              PRIMARY KEY (batch, no, line))%1$s;
            CREATE TABLE rate (base CHAR(3) NOT NULL, quote CHAR(3) NOT NULL, day CHAR(8) NOT NULL,
              rate VARCHAR(30), PRIMARY KEY (base, quote, day))%1$s;
            CREATE TABLE setting (name VARCHAR(60) NOT NULL PRIMARY KEY, value VARCHAR(500))%1$s;
            CREATE TABLE invoice (uid %2$s NOT NULL PRIMARY KEY, minor INT, ccy CHAR(3))%1$s""";
    private static final List<String> CURRENCIES = List.of("EUR", "USD", "JPY", "KWD");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");
    private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("dd.MM.yy");

    /// Signed sums by currency and side.
    final Map<String, BigDecimal> sums = new TreeMap<>();

    final Map<String, BigDecimal> invoiced = new TreeMap<>();
    int entries;
    int postings;
    int open;
    int orphans;
    BigDecimal rates = BigDecimal.ZERO;
    private final Rows rows = new Rows();
    private final Random random;

    DoubleEntry(long seed, int size) {
        random = new Random(seed);
        accounts();
        for (int i = 0; i < size; i++) {
            entry("%s%04d".formatted(one("GJ", "Gk", "KS"), 1000 + i / 7), 1 + i % 7, i);
        }
        posting("ZZ0000", 1, 1, "1200", "D", "5,00", "EUR");
        orphans++;
        for (int i = 0; i < 60; i++) {
            var rate = new BigDecimal(1 + random.nextInt(900_000_000)).movePointLeft(8);
            rates = rates.add(rate);
            String day = LocalDate.of(2020, 1, 1).plusDays(i / 3).format(DAY);
            rows.add("rate", CURRENCIES.get(1 + i % 3), "eur", day, rate.toPlainString());
        }
        settings();
        for (int i = 0; i < size / 2; i++) {
            invoice();
        }
    }

    /// @param binary the type of a binary number of 16 bytes
    void fill(Connection connection, String tableOptions, String binary) throws SQLException {
        rows.into(connection, TABLES.formatted(tableOptions, binary));
    }

    private void accounts() {
        rows.add("konto", "1200", "Bank", "A", "EUR", "1");
        rows.add("konto", "1200-US", "Bank of México", "A", "usd", "1200");
        rows.add("konto", "8400", "ErlÃ¶se", "I", "EUR", "");
        rows.add("konto", "3300", "Schulden", "P", "EUR", null);
        rows.add("konto", "1", "Aktiva", "A", "EUR", null);
    }

    private void entry(String batch, int number, int i) {
        entries++;
        LocalDate day = LocalDate.of(2019, 1, 1).plusDays(random.nextInt(700));
        rows.add(
                "journal",
                batch,
                number,
                day.format(random.nextBoolean() ? DAY : SHORT),
                i % 4 == 0 ? "" : "Beleg für " + i);
        String currency = CURRENCIES.get(random.nextInt(CURRENCIES.size()));
        BigDecimal amount = new BigDecimal(random.nextInt(2_000_000) - 900_000).movePointLeft(2);
        post(batch, number, 1, "1200", one("D", "s"), amount, currency);
        post(batch, number, 2, "8400", one("C", "H"), amount, currency);
        if (random.nextInt(40) == 0) {
            posting(batch, number, 3, "3300", "C", "offen", currency);
            open++;
        } else if (random.nextInt(40) == 0) {
            posting(batch, number, 3, "9999", "C", "1,00", currency);
            orphans++;
        }
    }

    private void post(
            String batch,
            int number,
            int line,
            String account,
            String side,
            BigDecimal amount,
            String currency) {
        String shown = currency.equals("EUR") && random.nextBoolean() ? "€" : currency;
        posting(batch, number, line, account, side, accounted(amount), shown);
        boolean debit = "Ds".contains(side);
        sums.merge(currency + (debit ? " debit" : " credit"), amount, BigDecimal::add);
        postings++;
    }

    private void posting(
            String batch,
            int number,
            int line,
            String account,
            String side,
            String amount,
            String currency) {
        rows.add("posting", batch, number, line, account, side, amount, currency);
    }

    /// 1.234,50 and for a negative one (1.234,50), 1.234,50- or -1234,50.
    private String accounted(BigDecimal amount) {
        String digits =
                String.format(Locale.ROOT, random.nextBoolean() ? "%,.2f" : "%.2f", amount.abs())
                        .replace(',', ' ')
                        .replace('.', ',')
                        .replace(' ', '.');
        if (amount.signum() >= 0) {
            return digits;
        }
        return one("(%s)", "%s-", "-%s", "( %s )").formatted(digits);
    }

    private void settings() {
        rows.add("setting", "shop.name", "s:7:\"Zoë Co\";");
        rows.add("setting", "tax", "a:2:{s:2:\"DE\";d:19.5;s:2:\"FR\";i:20;}");
        rows.add("setting", "theme", "O:8:\"stdClass\":1:{s:4:\"dark\";b:1;}");
        rows.add("setting", "cart", "O:4:\"Cart\":0:{}");
        rows.add("setting", "hooks", "a:2:{i:0;s:1:\"a\";i:1;N;}");
        rows.add("setting", "Tax", "{\"mixed\": [1, 2.50]}");
    }

    private void invoice() {
        byte[] uid =
                ByteBuffer.allocate(16)
                        .putLong(random.nextLong())
                        .putLong(random.nextLong())
                        .array();
        String currency = CURRENCIES.get(random.nextInt(CURRENCIES.size()));
        int minor = random.nextInt(10_000_000);
        int places = currency.equals("JPY") ? 0 : currency.equals("KWD") ? 3 : 2;
        rows.add("invoice", uid, minor, currency);
        invoiced.merge(
                currency, new BigDecimal(minor).movePointLeft(places).setScale(3), BigDecimal::add);
    }

    private String one(String... of) {
        return of[random.nextInt(of.length)];
    }
}
