package dev.slipway.backend.migration.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Every expected moment is written out by hand from the zones' published changes of 2026: Vienna
/// on 29 March and 25 October, New York on 8 March and 1 November, Lord Howe (half an hour) on 5
/// April and 4 October.
class WindowTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # across midnight over the change: seven hours in spring, nine in autumn
                    Europe/Vienna | {days: sat, from: 22:00, to: 06:00} | 2026-03-28T12:00:00Z | 2026-03-28T21:00:00Z 2026-03-29T04:00:00Z
                    Europe/Vienna | {days: sat, from: 22:00, to: 06:00} | 2026-10-24T12:00:00Z | 2026-10-24T20:00:00Z 2026-10-25T05:00:00Z
                    # its begin is left out by the clock: it opens when the clock has jumped over it
                    Europe/Vienna | {days: sun, from: 02:30, to: 04:00} | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z 2026-03-29T02:00:00Z
                    # it is left out whole: a week later
                    Europe/Vienna | {days: sun, from: 02:15, to: 02:45} | 2026-03-28T12:00:00Z | 2026-04-05T00:15:00Z 2026-04-05T00:45:00Z
                    # the clock shows it twice
                    Europe/Vienna | {days: sun, from: 02:30, to: 02:45} | 2026-10-24T12:00:00Z | 2026-10-25T00:30:00Z 2026-10-25T00:45:00Z 2026-10-25T01:30:00Z 2026-10-25T01:45:00Z
                    Europe/Vienna | {days: sun, from: 01:00, to: 02:30} | 2026-10-24T12:00:00Z | 2026-10-24T23:00:00Z 2026-10-25T00:30:00Z 2026-10-25T01:00:00Z 2026-10-25T01:30:00Z
                    America/New_York | {from: 23:00, to: 05:00} | 2026-03-07T17:00:00Z | 2026-03-08T04:00:00Z 2026-03-08T09:00:00Z 2026-03-09T03:00:00Z
                    America/New_York | {from: 23:00, to: 05:00} | 2026-10-31T17:00:00Z | 2026-11-01T03:00:00Z 2026-11-01T10:00:00Z 2026-11-02T04:00:00Z
                    Australia/Lord_Howe | {days: sun, from: 01:00, to: 04:00} | 2026-10-03T00:00:00Z | 2026-10-03T14:30:00Z 2026-10-03T17:00:00Z
                    Australia/Lord_Howe | {days: sun, from: 01:45, to: 03:00} | 2026-04-04T00:00:00Z | 2026-04-04T14:45:00Z 2026-04-04T15:00:00Z 2026-04-04T15:15:00Z 2026-04-04T16:30:00Z
                    """)
    void opensAndClosesByTheClockOnTheWall(String zone, String span, String from, String moments) {
        Window window = window(zone, span);
        List<Instant> changes = new ArrayList<>();
        List<Instant> expected = List.of(moments.split(" ")).stream().map(Instant::parse).toList();
        Instant at = Instant.parse(from);
        while (changes.size() < expected.size()) {
            Instant opens = window.opens(at).orElseThrow();
            changes.add(opens);
            if (changes.size() < expected.size()) {
                at = window.closes(opens).orElseThrow();
                changes.add(at);
            }
        }

        assertThat(changes).isEqualTo(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(window.open(expected.get(i))).isEqualTo(i % 2 == 0);
            assertThat(window.open(expected.get(i).minusMillis(1))).isEqualTo(i % 2 == 1);
        }
    }

    @Test
    void severalSpansThatTouchAreOne() {
        Window window =
                window(
                        "Europe/Vienna",
                        "{days: mon-fri, from: 22:00, to: 06:00}",
                        "{days: [sat, sun], from: 00:00, to: 24:00}");
        Instant friday = Instant.parse("2026-06-05T10:00:00Z");

        assertThat(window.opens(friday)).hasValue(Instant.parse("2026-06-05T20:00:00Z"));
        assertThat(window.closes(Instant.parse("2026-06-05T20:00:00Z")))
                .hasValue(Instant.parse("2026-06-07T22:00:00Z"));
        assertThat(window.opens(Instant.parse("2026-06-07T22:00:00Z")))
                .hasValue(Instant.parse("2026-06-08T20:00:00Z"));
        assertThat(window.toString())
                .isEqualTo("Mon Tue Wed Thu Fri 22:00–06:00, Sat Sun 00:00–24:00 Europe/Vienna");
    }

    /// Five hours in the night of the change, half an hour in the next.
    @Test
    void theEndOfSomeWorkCountsOpenHoursOnly() {
        Window window = window("America/New_York", "{from: 23:00, to: 05:00}");
        Instant open = Instant.parse("2026-03-08T04:00:00Z");

        assertThat(window.end(open, Duration.ofMinutes(330)))
                .hasValue(Instant.parse("2026-03-09T03:30:00Z"));
        assertThat(window.end(open, Duration.ofHours(5)))
                .hasValue(Instant.parse("2026-03-08T09:00:00Z"));
        assertThat(window.end(Instant.parse("2026-03-07T17:00:00Z"), Duration.ofMinutes(1)))
                .hasValue(Instant.parse("2026-03-08T04:01:00Z"));
    }

    @Test
    void withoutSpansItIsAlwaysOpen() {
        Instant now = Instant.parse("2026-06-05T10:00:00Z");

        assertThat(Window.ALWAYS.open(now)).isTrue();
        assertThat(Window.ALWAYS.opens(now)).hasValue(now);
        assertThat(Window.ALWAYS.closes(now)).isEmpty();
        assertThat(Window.ALWAYS.end(now, Duration.ofHours(3)))
                .hasValue(Instant.parse("2026-06-05T13:00:00Z"));
    }

    @Test
    void twoSpansMayMakeUpTheWholeWeek() {
        Window window =
                window("Europe/Vienna", "{from: 06:00, to: 22:00}", "{from: 22:00, to: 06:00}");
        Instant now = Instant.parse("2026-03-28T10:00:00Z");

        assertThat(window.closes(now)).isEmpty();
        assertThat(window.end(now, Duration.ofDays(30))).hasValue(now.plus(Duration.ofDays(30)));
    }

    @Test
    void whenAndHowFastIsNoPartOfThePlansIdentity() {
        String plan =
                "name: p\n%ssteps:\n  - name: s\n    source: {table: t}\n    target: t\n"
                        + "    columns: {c: {type: text}}\n";
        String none = hash(plan.formatted(""));

        assertThat(
                        hash(
                                plan.formatted(
                                        "window:\n  zone: UTC\n\n  # nights\n  open:\n"
                                                + "    - {from: 22:00, to: 06:00}\n")))
                .isEqualTo(none);
        assertThat(hash(plan.formatted("throttle: {rows-per-second: 5}\n"))).isEqualTo(none);
        assertThat(hash(plan.formatted("description: another\n"))).isNotEqualTo(none);
    }

    private static String hash(String yaml) {
        return PlanReader.read("p", yaml, Path.of(".")).hash();
    }

    private static Window window(String zone, String... spans) {
        String open = String.join(", ", spans);
        String yaml =
                "name: p\nwindow: {zone: %s, open: [%s]}\nsteps: []\n"
                        .formatted(zone, quoted(open));
        return PlanReader.read("p", yaml, Path.of(".")).window();
    }

    /// A colon within braces wants quotes.
    private static String quoted(String span) {
        return span.replaceAll("(\\d\\d:\\d\\d)", "\"$1\"");
    }
}
