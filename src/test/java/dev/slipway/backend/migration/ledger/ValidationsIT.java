package dev.slipway.backend.migration.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.migration.Place;
import dev.slipway.api.migration.Validation;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.config.Database;
import dev.slipway.testing.Postgres;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

class ValidationsIT {
    private static final Validation GREEN =
            new Validation("r", "sales", "rows read", true, "9", "9", null);
    private static final Place CELL =
            new Place("sale", "7", "7", "note", "a | b, expected c", "a: is b | NUL \0");
    private static final Validation RED =
            new Validation("r", "sales", "checksum", false, "1", "2", null)
                    .at(List.of(CELL, Place.row("sale", "8, x", "8", "is not there")));

    @TempDir Path folder;

    @Test
    void placesAreKeptApartWhateverTheirValuesHold() throws Exception {
        for (Database to :
                List.of(
                        Postgres.fresh(),
                        new Database("jdbc:sqlite:" + folder.resolve("t.sqlite"), "", ""))) {
            try (Target target = Targets.open(to)) {
                var ledger = new Ledger(target, InstantSource.system());
                ledger.prepare();
                var validations = new Validations(ledger);
                validations.keep(0, List.of(GREEN, RED));
                ledger.commit();

                List<Validation> kept = validations.of("r");

                assertThat(kept.getFirst()).isEqualTo(GREEN);
                assertThat(kept.getLast().places())
                        .containsExactly(
                                new Place(
                                        "sale",
                                        "7",
                                        "7",
                                        "note",
                                        "a | b, expected c",
                                        "a: is b | NUL \\0"),
                                RED.places().getLast());
                validations.forget("r", "sales");
                assertThat(validations.of("r")).isEmpty();
            }
        }
    }

    @Test
    void aPlaceIsToldInOneLine() {
        assertThat(CELL.text())
                .isEqualTo(
                        "sale 7 (source 7), column note: is a | b, expected c, expected a: is b |"
                                + " NUL \0");
        assertThat(RED.places().getLast().text()).isEqualTo("sale 8, x (source 8): is not there");
        assertThat(Place.row("sale", "9", "", "no source row gives it").text())
                .isEqualTo("sale 9: no source row gives it");
    }
}
