package dev.slipway.sandbox.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class CohortsTest {

    private static final List<String> VISITORS =
            Stream.concat(
                            IntStream.range(0, 20_000).mapToObj(i -> "v" + i),
                            new Random(7).ints(5_000).mapToObj(i -> "ü-" + Integer.toHexString(i)))
                    .toList();

    @Test
    void raisingTheWeightMovesNoOneBackAndLoweringNoOneOver() {
        for (String visitor : VISITORS) {
            boolean before = false;
            for (int percent = 0; percent <= 100; percent++) {
                boolean now = Cohorts.pool(visitor, percent) == Pool.NEW;
                assertThat(now || !before).as("%s at %d %%", visitor, percent).isTrue();
                before = now;
            }
        }
    }

    @Test
    void allAreInOnePoolAtBothEnds() {
        assertThat(VISITORS).allMatch(visitor -> Cohorts.pool(visitor, 0) == Pool.LEGACY);
        assertThat(VISITORS).allMatch(visitor -> Cohorts.pool(visitor, 100) == Pool.NEW);
    }

    @Test
    void theShareIsTheWeight() {
        for (int percent : new int[] {1, 5, 10, 25, 50, 75, 99}) {
            double share =
                    100.0
                            * VISITORS.stream()
                                    .filter(visitor -> Cohorts.pool(visitor, percent) == Pool.NEW)
                                    .count()
                            / VISITORS.size();
            assertThat(share).isCloseTo(percent, within(1.0));
        }
    }

    /// Worked out apart from the code, once for all: a new build must not move visitors.
    @Test
    void aVisitorsPointNeverChanges() {
        assertThat(IntStream.of(Cohorts.point(""), Cohorts.point("v1"), Cohorts.point("v4711")))
                .containsExactly(4342, 6448, 3586);
    }
}
