package dev.slipway.backend.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;

/// When the times on the wall are. The expected instants are worked out by hand from the zones'
/// published rules.
class DuesTest {
    @ParameterizedTest
    @CsvSource({
        // forward over the time: the first instant after it
        "Europe/Berlin,      30 2, 2026-03-28T01:30:00Z, 2026-03-29T01:00:00Z, 2026-03-30T00:30:00Z",
        "America/New_York,   30 2, 2026-03-07T07:30:00Z, 2026-03-08T07:00:00Z, 2026-03-09T06:30:00Z",
        "Australia/Lord_Howe,15 2, 2026-10-02T15:45:00Z, 2026-10-03T15:30:00Z, 2026-10-04T15:15:00Z",
        // back over the time: the first of the two
        "Europe/Berlin,      30 2, 2026-10-24T00:30:00Z, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z",
        "America/New_York,   30 1, 2026-10-31T05:30:00Z, 2026-11-01T05:30:00Z, 2026-11-02T06:30:00Z",
        "Australia/Lord_Howe,45 1, 2026-04-03T14:45:00Z, 2026-04-04T14:45:00Z, 2026-04-05T15:15:00Z",
        // the edges: the gap's first minute and its end, the overlap's first minute and its end
        "Europe/Berlin,      0 2,  2026-03-28T01:00:00Z, 2026-03-29T01:00:00Z, 2026-03-30T00:00:00Z",
        "Europe/Berlin,      0 3,  2026-03-28T02:00:00Z, 2026-03-29T01:00:00Z, 2026-03-30T01:00:00Z",
        "Europe/Berlin,      0 2,  2026-10-24T00:00:00Z, 2026-10-25T00:00:00Z, 2026-10-26T01:00:00Z",
        "Europe/Berlin,      0 3,  2026-10-24T01:00:00Z, 2026-10-25T02:00:00Z, 2026-10-26T02:00:00Z"
    })
    void eachDateIsDueOnce(String zone, String time, Instant before, Instant change, Instant after)
            throws Cron.BadCron {
        Dues dues = dues(time + " * * *", zone);
        List<Instant> found =
                dues.between(before.minusSeconds(1), after).stream().map(Due::at).toList();
        assertThat(found).containsExactly(before, change, after);
        assertThat(dues.next(before.minusSeconds(1), 3).stream().map(Due::at))
                .containsExactly(before, change, after);
    }

    @Test
    void tellsWhatTheClocksDo() throws Cron.BadCron {
        Dues dues = dues("30 2 * * *", "Europe/Berlin");
        Due forward =
                dues.between(at("2026-03-28T12:00:00Z"), at("2026-03-29T12:00:00Z")).getFirst();
        assertThat(forward.note())
                .isEqualTo(
                        "02:30 does not exist on 2026-03-29 (the clocks go forward): runs at 03:00");
        assertThat(forward.offset()).isEqualTo("+02:00");
        assertThat(forward.businessDate()).isEqualTo(LocalDate.of(2026, 3, 28));
        Due back = dues.between(at("2026-10-24T12:00:00Z"), at("2026-10-25T12:00:00Z")).getFirst();
        assertThat(back.note())
                .isEqualTo(
                        "02:30 comes twice on 2026-10-25 (the clocks go back): runs the first time, at UTC+02:00");
        assertThat(dues.next(at("2026-05-01T00:00:00Z"), 1).getFirst().note()).isNull();
    }

    /// Samoa went from 29 to 31 December 2011: the day in between was no day.
    @Test
    void aDayThatWasLeftOutIsDueAtTheFirstInstantAfterIt() throws Cron.BadCron {
        assertThat(
                        dues("0 2 * * *", "Pacific/Apia")
                                .between(at("2011-12-29T00:00:00Z"), at("2011-12-31T00:00:00Z"))
                                .stream()
                                .map(Due::at))
                .containsExactly(
                        at("2011-12-29T12:00:00Z"),
                        at("2011-12-30T10:00:00Z"),
                        at("2011-12-30T12:00:00Z"));
    }

    /// Whatever a zone's rules are: as many runs as days, never backwards, none before its time.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Europe/Berlin",
                "America/New_York",
                "Australia/Lord_Howe",
                "Africa/Casablanca",
                "America/Santiago",
                "Asia/Kathmandu",
                "Pacific/Chatham",
                "UTC"
            })
    void yearsHaveARunForEachDay(String zone) throws Cron.BadCron {
        for (String time : List.of("0 0", "30 0", "15 2", "45 1", "0 3", "59 23")) {
            Dues dues = dues(time + " * * *", zone);
            List<Due> found = dues.between(at("2020-06-15T12:00:00Z"), at("2023-06-15T12:00:00Z"));
            List<LocalDate> dates = found.stream().map(Due::businessDate).toList();
            assertThat(dates)
                    .isEqualTo(dates.getFirst().datesUntil(dates.getLast().plusDays(1)).toList());
            assertThat(found.stream().map(Due::at).toList()).isSorted();
            assertThat(found)
                    .allSatisfy(
                            due ->
                                    assertThat(LocalDateTime.ofInstant(due.at(), ZoneId.of(zone)))
                                            .isAfterOrEqualTo(
                                                    due.businessDate()
                                                            .plusDays(1)
                                                            .atTime(dues.cron().time())));
            assertThat(found)
                    .allSatisfy(due -> assertThat(dues.of(due.businessDate())).contains(due));
        }
    }

    private static Dues dues(String cron, String zone) throws Cron.BadCron {
        return new Dues(Cron.parse(cron), ZoneId.of(zone), 1);
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }
}
