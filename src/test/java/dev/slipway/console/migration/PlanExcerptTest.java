package dev.slipway.console.migration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlanExcerptTest {
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
