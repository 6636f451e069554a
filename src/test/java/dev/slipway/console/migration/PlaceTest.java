package dev.slipway.console.migration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlaceTest {
    @Test
    void cellsAndRowsAreToldApart() {
        String detail =
                "sale 17 (source 17), column price: is 301, expected 300"
                        + " | sale 4, HQ (source 4, HQ): is not there"
                        + " | sale 77777: no source row gives it"
                        + " | sale from sales 9, column note: is 'a: b', expected NULL"
                        + " | sale from sales 8: was refused by 'money', but can be converted"
                        + " | something else";

        assertThat(Place.of(detail))
                .containsExactly(
                        new Place("sale", "17", "17", "price", "301", "300"),
                        new Place("sale", "4, HQ", "4, HQ", "", "is not there", ""),
                        new Place("sale", "77777", "", "", "no source row gives it", ""),
                        new Place("sale", "", "9", "note", "'a: b'", "NULL"),
                        new Place(
                                "sale",
                                "",
                                "8",
                                "",
                                "was refused by 'money', but can be converted",
                                ""),
                        new Place("", "", "", "", "something else", ""));
        assertThat(Place.of("")).isEmpty();
    }

    @Test
    void aPlansWordsAboutOneColumnAreFound() {
        String yaml =
                """
                steps:
                  - name: orders   # all of them
                    source: {table: o}
                    columns:
                      id: {type: integer}
                      net:
                        type: money
                        currency: EUR
                      gross: {type: money}
                  - name: lines
                    columns:
                      net: {type: text}
                """;

        assertThat(PlanExcerpt.of(yaml, "orders", "net"))
                .isEqualTo("net:\n  type: money\n  currency: EUR");
        assertThat(PlanExcerpt.of(yaml, "lines", "net")).isEqualTo("net: {type: text}");
        assertThat(PlanExcerpt.of(yaml, "lines", "gross")).isEmpty();
        assertThat(PlanExcerpt.of(yaml, "none", "net")).isEmpty();
        assertThat(PlanExcerpt.of(yaml, "orders", "")).startsWith("- name: orders");
    }
}
