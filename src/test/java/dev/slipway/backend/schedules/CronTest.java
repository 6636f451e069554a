package dev.slipway.backend.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Which days an expression names, against the calendar walked day by day.
class CronTest {
    private static final LocalDate FROM = LocalDate.of(2026, 1, 1);
    private static final LocalDate TO = LocalDate.of(2030, 1, 1);

    @Test
    void namesEveryDay() throws Cron.BadCron {
        assertDays("0 2 * * *", _ -> true);
    }

    @Test
    void namesWeekdays() throws Cron.BadCron {
        Predicate<LocalDate> weekday = d -> d.getDayOfWeek().getValue() <= 5;
        assertDays("30 2 * * 1-5", weekday);
        assertDays("30 2 * * MON-FRI", weekday);
        assertDays("30 2 * * 0", d -> d.getDayOfWeek() == DayOfWeek.SUNDAY);
        assertDays("30 2 * * 7", d -> d.getDayOfWeek() == DayOfWeek.SUNDAY);
    }

    @Test
    void namesDaysOfMonths() throws Cron.BadCron {
        assertDays("5 4 31 * *", d -> d.getDayOfMonth() == 31);
        assertDays("5 4 29 2 *", d -> d.getMonthValue() == 2 && d.getDayOfMonth() == 29);
        assertDays("5 4 L * *", d -> d.getDayOfMonth() == d.lengthOfMonth());
        assertDays("5 4 1 1,4,7,10 *", d -> d.getDayOfMonth() == 1 && d.getMonthValue() % 3 == 1);
        assertDays("5 4 LW * *", d -> d.equals(lastWeekday(d)));
    }

    @Test
    void namesWeekdaysOfMonths() throws Cron.BadCron {
        assertDays(
                "5 4 * * 1#2",
                d -> d.equals(d.with(TemporalAdjusters.dayOfWeekInMonth(2, DayOfWeek.MONDAY))));
        assertDays(
                "5 4 * * 5L",
                d -> d.equals(d.with(TemporalAdjusters.lastInMonth(DayOfWeek.FRIDAY))));
    }

    /// As Unix cron has it since 1975.
    @Test
    void aDayThatFitsOneOfTwoIsEnough() throws Cron.BadCron {
        assertDays(
                "0 2 1 * 1", d -> d.getDayOfMonth() == 1 || d.getDayOfWeek() == DayOfWeek.MONDAY);
        assertThat(Cron.parse("0 2 1 * 1").words()).contains("one of the two is enough");
    }

    @ParameterizedTest
    @CsvSource({
        "0 2 * * *,   every day at 02:00",
        "30 2 * * 1-5,at 02:30 every day between Monday and Friday",
        "0 2 L * *,   at 02:00 last day of month"
    })
    void saysItInWords(String cron, String words) throws Cron.BadCron {
        assertThat(Cron.parse(cron).words()).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0 2 * *",
                "0 0 2 * * *",
                "@daily",
                "60 2 * * *",
                "0 24 * * *",
                "0 2 32 * *",
                "0 2 * 13 *",
                "0 2 * * 8",
                "0 2 5-3 * *",
                "0 2 30 2 *",
                "0 2 ? * *",
                "0 2 * * MOON",
                "*/5 2 * * *",
                "0 2,14 * * *",
                "* * * * *",
                "-1 2 * * *",
                "0 2 * * ☃"
            })
    void whatIsNoExpressionIsRefusedWithWords(String text) {
        assertThatThrownBy(() -> Cron.parse(text))
                .isInstanceOf(Cron.BadCron.class)
                .message()
                .isNotBlank();
    }

    @Test
    void whatIsTooLongIsNotEvenRead() {
        assertThatThrownBy(() -> Cron.parse("0 2 1" + ",1".repeat(60) + " * *"))
                .hasMessageContaining("at most 100 characters");
    }

    @Test
    void tellsWhyMoreThanOnceADayIsRefused() {
        assertThatThrownBy(() -> Cron.parse("*/5 2 * * *"))
                .hasMessageContaining("once per business date");
    }

    private static void assertDays(String cron, Predicate<LocalDate> named) throws Cron.BadCron {
        Cron parsed = Cron.parse(cron);
        List<LocalDateTime> expected =
                FROM.datesUntil(TO).filter(named).map(d -> d.atTime(parsed.time())).toList();
        List<LocalDateTime> found = new ArrayList<>();
        var next = parsed.after(FROM.atStartOfDay());
        while (next.isPresent() && next.get().isBefore(TO.atStartOfDay())) {
            found.add(next.get());
            next = parsed.after(next.get());
        }
        assertThat(found).as(cron).isEqualTo(expected);
    }

    private static LocalDate lastWeekday(LocalDate of) {
        LocalDate day = of.with(TemporalAdjusters.lastDayOfMonth());
        while (day.getDayOfWeek().getValue() > 5) {
            day = day.minusDays(1);
        }
        return day;
    }
}
