package dev.slipway.backend.migration.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinlogPositionTest {
    @ParameterizedTest
    @CsvSource({
        "shop, '', '', false",
        "shop, 'a,shop', '', false",
        "shop, 'a,b', '', true",
        "shop, '', 'a,shop', true",
        "shop, '', 'shops', false",
        "'', '', '', false"
    })
    void aDatabaseThatTheBinlogLeavesOutIsNoticed(
            String database, String only, String not, boolean left) {
        assertThat(BinlogPosition.leftOut(database, only, not)).isEqualTo(left);
    }
}
