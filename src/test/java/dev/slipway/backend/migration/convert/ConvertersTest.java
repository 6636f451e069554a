package dev.slipway.backend.migration.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.backend.migration.plan.Column;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.PlanReader;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

import java.nio.file.Path;

/// Each line of the table: a column as a plan writes it, raw text, and what must come of it.
public class ConvertersTest {

    @ParameterizedTest
    @CsvFileSource(resources = "/plans/conversions.csv", delimiter = '|', quoteCharacter = '`')
    void converts(String column, String raw, String wanted) throws BadValue {
        Converter converter = Converters.STANDARD.of(column(column).type());
        String text = java.util.Objects.requireNonNullElse(raw, "").translateEscapes();

        if (wanted.startsWith("bad")) {
            assertThatThrownBy(() -> converter.convert(text)).isInstanceOf(BadValue.class);
        } else {
            Object value = converter.convert(text);
            assertThat(value == null ? "none" : value.toString())
                    .isEqualTo(wanted.translateEscapes());
        }
    }

    /// A column of a plan, by its YAML.
    public static Column column(String yaml) {
        String plan =
                "name: p\nsteps:\n  - name: s\n    source: {table: t}\n    target: t\n"
                        + "    columns:\n      c: {"
                        + yaml
                        + "}\n";
        MigrationPlan read = PlanReader.read("p.yaml", plan, Path.of("."));
        return read.steps().getFirst().columns().getFirst();
    }
}
