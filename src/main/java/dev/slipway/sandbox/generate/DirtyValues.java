package dev.slipway.sandbox.generate;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.List;

/// Amounts, dates and states as the legacy shop wrote them down: as text, in whatever way the
/// author of the day liked.
final class DirtyValues {
    static final String ZERO_DATE = "0000-00-00 00:00:00";
    private static final LocalDate FIRST_DAY = LocalDate.of(2019, 1, 1);
    private static final int DAYS = 2730;

    private final Dice dice;
    private final Tally tally;

    DirtyValues(Dice dice, Tally tally) {
        this.dice = dice;
        this.tally = tally;
    }

    /// One way to write an amount.
    ///
    /// @param anomaly null if the amount is written well
    record Money(@Nullable String anomaly, @Nullable String text) {}

    Money spelling(long cents) {
        double r = dice.unit();
        String plain = plain(cents);
        String comma = plain.replace('.', ',');
        if (r < 0.60) {
            return new Money(null, plain);
        } else if (r < 0.80) {
            return new Money(null, grouped(plain));
        } else if (r < 0.88) {
            return new Money("decimal_comma", comma);
        } else if (r < 0.92) {
            return new Money("euro_sign", "€" + plain);
        } else if (r < 0.95) {
            return new Money("currency_text", "EUR " + comma);
        } else if (r < 0.97) {
            return new Money("padded", " " + plain + " ");
        } else if (r < 0.985) {
            return new Money("empty", "");
        } else if (r < 0.993) {
            return new Money("null", null);
        } else if (r < 0.997) {
            return new Money("word", dice.pick(Words.NO_PRICE));
        }
        return new Money("negative", "-" + plain);
    }

    @Nullable String counted(Money money, String column) {
        if (money.anomaly() != null) {
            tally.add(column + "_" + money.anomaly());
        }
        return money.text();
    }

    @Nullable String money(long cents, String column) {
        return counted(spelling(cents), column);
    }

    LocalDate day() {
        return FIRST_DAY.plusDays(dice.below(DAYS));
    }

    String time() {
        int second = dice.below(86_400);
        return two(second / 3600) + ":" + two(second / 60 % 60) + ":" + two(second % 60);
    }

    /// A date in a column of text.
    String dateText(LocalDate day, String time, String table) {
        double r = dice.unit();
        if (r < 0.72) {
            return day + " " + time;
        } else if (r < 0.82) {
            tally.add(table + ".date_dmy");
            return two(day.getDayOfMonth()) + "." + two(day.getMonthValue()) + "." + day.getYear();
        } else if (r < 0.90) {
            tally.add(table + ".date_mdy_slash");
            return two(day.getMonthValue()) + "/" + two(day.getDayOfMonth()) + "/" + day.getYear();
        } else if (r < 0.94) {
            tally.add(table + ".date_unix");
            return Long.toString(day.toEpochDay() * 86_400 + 43_200);
        } else if (r < 0.97) {
            tally.add(table + ".date_empty");
            return "";
        } else if (r < 0.99) {
            tally.add(table + ".date_zero");
            return ZERO_DATE;
        } else if (r < 0.995) {
            tally.add(table + ".date_impossible");
            return day.getYear() + "-02-30";
        }
        tally.add(table + ".date_word");
        return dice.pick(Words.NO_DATE);
    }

    /// A date in a column of dates, which took zeros without a word.
    @Nullable String dateTime(LocalDate day, String time, String table) {
        double r = dice.unit();
        if (r < 0.96) {
            return day + " " + time;
        } else if (r < 0.985) {
            tally.add(table + ".datetime_zero");
            return ZERO_DATE;
        } else if (r < 0.995) {
            tally.add(table + ".datetime_zero_day");
            return day.getYear() + "-" + two(day.getMonthValue()) + "-00 00:00:00";
        }
        tally.add(table + ".datetime_null");
        return null;
    }

    String status(String table) {
        if (dice.chance(0.01)) {
            tally.add(table + ".status_unknown");
            return dice.pick(Words.NO_STATUS);
        }
        double r = dice.unit();
        int status = 0;
        while (r >= Words.STATUS_REACH[status]) {
            status++;
        }
        List<String> spellings = Words.STATUS.get(status);
        if (dice.chance(0.8)) {
            return spellings.getFirst();
        }
        tally.add(table + ".status_typo");
        return dice.pick(spellings.subList(1, spellings.size()));
    }

    static String plain(long cents) {
        return cents / 100 + "." + two((int) (cents % 100));
    }

    private static String grouped(String plain) {
        int whole = plain.length() - 3;
        return whole <= 3
                ? plain
                : plain.substring(0, whole - 3) + "," + plain.substring(whole - 3);
    }

    static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }
}
