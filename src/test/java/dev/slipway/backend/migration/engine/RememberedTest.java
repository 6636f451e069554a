package dev.slipway.backend.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;

/// What the hands remember of one column: never another row's key, whatever the texts are.
class RememberedTest {
    private static final int MANY = 700_000;

    @Test
    void numbersLeadWhereTheyLed() {
        var remembered = new Remembered(new int[] {1});
        for (long i = 0; i < 100_000; i++) {
            remembered.keep(row(Long.toString(i)), i * 7);
        }

        assertThat(found(remembered, row("0"), row("99999"), row("100000"), row("007")))
                .containsExactly(0L, 699_993L, null, null);
    }

    @Test
    void aNumberThatIsWrittenAnotherWayIsAnotherText() {
        var remembered = new Remembered(new int[] {1});
        remembered.keep(row("7"), 1L);
        remembered.keep(row("007"), 2L);
        remembered.keep(row(" 7"), 3L);
        remembered.keep(row("-7"), 4L);

        assertThat(found(remembered, row("7"), row("007"), row(" 7"), row("-7"), row("7.0")))
                .containsExactly(1L, 2L, 3L, 4L, null);
    }

    @Test
    void nullIsNotTheEmptyText() {
        var remembered = new Remembered(new int[] {1});
        remembered.keep(row(null), Remembered.NOTHING);
        remembered.keep(row(""), "empty");

        assertThat(found(remembered, row(null), row("")))
                .containsExactly(Remembered.NOTHING, "empty");
    }

    @Test
    void severalTextsAreNotJoined() {
        var remembered = new Remembered(new int[] {0, 1});
        remembered.keep(new String[] {"ab", "c"}, 1L);
        remembered.keep(new @Nullable String[] {"ab", null}, 2L);

        assertThat(
                        found(
                                remembered,
                                new String[] {"ab", "c"},
                                new String[] {"a", "bc"},
                                new @Nullable String[] {"ab", null},
                                new String[] {"ab", ""}))
                .containsExactly(1L, null, 2L, null);
    }

    @Test
    void forgetsWhenItsAgeIsAnother() {
        var remembered = new Remembered(new int[] {1});
        remembered.at(1);
        remembered.keep(row("7"), 1L);
        remembered.keep(row("seven"), 1L);
        remembered.at(1);
        assertThat(found(remembered, row("7"), row("seven"))).containsExactly(1L, 1L);

        remembered.at(2);

        assertThat(found(remembered, row("7"), row("seven"))).containsOnlyNulls();
    }

    /// More than it can hold: some are forgotten, none leads astray.
    @Test
    void whatIsTooMuchIsForgotten() {
        var remembered = new Remembered(new int[] {1});
        for (long i = 0; i < MANY; i++) {
            remembered.keep(row(Long.toString(i)), i);
            remembered.keep(row("t" + i), "of " + i);
        }

        int kept = 0;
        int astray = 0;
        for (long i = 0; i < MANY; i++) {
            @Nullable Object[] found = found(remembered, row(Long.toString(i)), row("t" + i));
            Object number = found[0];
            Object text = found[1];
            kept += (number == null ? 0 : 1) + (text == null ? 0 : 1);
            astray += number == null || number.equals(i) ? 0 : 1;
            astray += text == null || text.equals("of " + i) ? 0 : 1;
        }
        assertThat(astray).isZero();
        assertThat(kept).isBetween(300_000, (1 << 19) + (1 << 15));
    }

    private static @Nullable String[] row(@Nullable String text) {
        return new @Nullable String[] {"other", text};
    }

    private static @Nullable Object[] found(Remembered remembered, @Nullable String[]... rows) {
        @Nullable Object[] into = new @Nullable Object[rows.length];
        remembered.find(List.of(rows), into);
        return into;
    }
}
