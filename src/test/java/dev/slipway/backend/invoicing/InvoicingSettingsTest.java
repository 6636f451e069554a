package dev.slipway.backend.invoicing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.backend.invoicing.document.TaxCategory;
import dev.slipway.config.BadFile;
import dev.slipway.config.Configuration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class InvoicingSettingsTest {
    @TempDir Path folder;

    @Test
    void theExampleIsRight() throws IOException {
        var settings = read(InvoicingFixture.configuration(folder, InvoicingFixture.FOLDER));
        var terms = settings.terms();
        assertThat(terms.seller().name()).isEqualTo("Slipway Market GmbH");
        assertThat(terms.fallbackRate()).isEqualByComparingTo("0.125");
        assertThat(terms.taxes().of("DE").percent()).isEqualByComparingTo("19");
        assertThat(terms.taxes().of("FR").category()).isEqualTo(TaxCategory.REVERSE_CHARGE);
        assertThat(terms.taxes().of("CH").category()).isEqualTo(TaxCategory.OUTSIDE_SCOPE);
        assertThat(terms.taxes().of("").category()).isEqualTo(TaxCategory.OUTSIDE_SCOPE);
    }

    @Test
    void everythingThatIsWrongIsToldWithItsLine() {
        assertThatThrownBy(
                        () ->
                                read(
                                        """
                                        invoicing:
                                          database: shop
                                          zone: Mars/Olympus
                                          locale: xx-YY
                                          currency: EURO
                                          series: INV
                                          payment-days: 1000
                                          commission-fallback-percent: 120
                                          seler: {}
                                          seller: {name: A, country: DE, iban: DE00 1234}
                                          tax:
                                            - countries: [Germany, DE]
                                              percent: x
                                            - {countries: [DE], category: none}
                                          vendors-sql: SELECT 1
                                        """))
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("line 3: 'zone'")
                .hasMessageContaining("line 4: 'locale'")
                .hasMessageContaining("line 5: 'currency'")
                .hasMessageContaining("line 6: 'series'")
                .hasMessageContaining("line 7: 'payment-days'")
                .hasMessageContaining("line 8: 'commission-fallback-percent'")
                .hasMessageContaining("line 9: unknown key 'seler'")
                .hasMessageContaining("line 10: 'iban'")
                .hasMessageContaining("line 12: 'Germany'")
                .hasMessageContaining("line 13: 'percent'")
                .hasMessageContaining("line 14: 'category'")
                .hasMessageContaining("'DE' has two rules")
                .hasMessageContaining("'tax' must have a rule for all other countries")
                .hasMessageContaining("'sales-sql' is missing");
    }

    @Test
    void withoutTheSectionThereIsNoInvoicing() throws IOException {
        Path file = Files.writeString(folder.resolve("slipway.yaml"), "backend: {port: 1}\n");
        assertThat(InvoicingSettings.read(Configuration.read(file, Map.of()))).isEmpty();
    }

    private InvoicingSettings read(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("slipway.yaml"), yaml);
        return InvoicingSettings.read(Configuration.read(file, Map.of())).orElseThrow();
    }
}
