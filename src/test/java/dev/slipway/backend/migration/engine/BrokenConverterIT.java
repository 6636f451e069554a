package dev.slipway.backend.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.Validation;
import dev.slipway.backend.migration.convert.BadValue;
import dev.slipway.backend.migration.convert.Converter;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.config.Database;
import dev.slipway.testing.Postgres;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/// A converter that errs must turn the validation red, though what it made stands in the target
/// just as it made it.
class BrokenConverterIT {
    @TempDir Path folder;

    /// Breaks one type's converter for some values.
    private static final class Broken extends Converters {
        private final String type;

        Broken(String type) {
            this.type = type;
        }

        @Override
        public Converter of(ColumnType of) {
            Converter right = super.of(of);
            return of.word().equals(type) ? raw -> broken(right.convert(raw), raw) : right;
        }

        private static @Nullable Object broken(@Nullable Object value, String raw) throws BadValue {
            return switch (value) {
                case null -> null;
                case BigDecimal number when raw.contains(",") -> number.add(new BigDecimal("0.01"));
                case LocalDate day when raw.contains(".") -> day.plusDays(1);
                case Instant moment when raw.contains(".") -> moment.plusSeconds(3_600);
                case Boolean truth when raw.equals("1") -> !truth;
                case Long number when number == 7 -> 8L;
                case String text when text.equals("paid") && raw.equals("PAID") -> "open";
                case String text when text.startsWith("b1@") -> "b01@shop.example";
                case String text when text.contains("ë") -> text.replace('ë', 'e');
                default -> value;
            };
        }
    }

    /// Breaks only the short way of one type.
    private static final class BrokenShortWay extends Converters {
        private final String type;

        BrokenShortWay(String type) {
            this.type = type;
        }

        @Override
        public Converter of(ColumnType of) {
            Converter right = super.of(of);
            return of.word().equals(type)
                    ? new Converter() {
                        @Override
                        public @Nullable Object convert(String raw) throws BadValue {
                            return right.convert(raw);
                        }

                        @Override
                        public @Nullable Object plain(String raw) {
                            return wrong(right.plain(raw));
                        }
                    }
                    : right;
        }

        private static @Nullable Object wrong(@Nullable Object value) {
            return switch (value) {
                case null -> null;
                case BigDecimal number -> number.add(new BigDecimal("0.01"));
                case LocalDate day -> day.plusDays(1);
                case Instant moment -> moment.plusSeconds(3_600);
                case Long number when number == 7 -> 8L;
                case String text -> "x" + text;
                default -> value;
            };
        }
    }

    /// One that refuses what it could convert.
    private static final class TooStrict extends Converters {
        @Override
        public Converter of(ColumnType of) {
            Converter right = super.of(of);
            return of.word().equals("money")
                    ? raw -> {
                        if (raw.startsWith("EUR")) {
                            throw new BadValue("is too much for me");
                        }
                        return right.convert(raw);
                    }
                    : right;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "money, price, sales",
        "date, sold_on, sales",
        "timestamp, sold_at, sales",
        "boolean, gift, sales",
        "integer, pieces, sales",
        "enum, state, sales",
        "email, mail, buyers",
        "text, name, buyers",
    })
    void aConverterThatErrsIsFoundWithTheCell(String type, String column, String step)
            throws Exception {
        assertFound(run(new Broken(type), sqlite(), "sqlite"), column, step);
        assertFound(run(new Broken(type), Postgres.fresh(), "postgresql"), column, step);
    }

    /// The shop's moments are in a zone with summer time and its texts are not ASCII: none of them
    /// takes the short way.
    @ParameterizedTest
    @CsvSource({
        "money, price, sales",
        "date, sold_on, sales",
        "integer, pieces, sales",
        "email, mail, buyers",
    })
    void aShortWayThatErrsIsFoundWithTheCell(String type, String column, String step)
            throws Exception {
        assertFound(run(new BrokenShortWay(type), Postgres.fresh(), "postgresql"), column, step);
    }

    private static void assertFound(Outcome outcome, String column, String step) {

        assertThat(outcome.state()).isEqualTo(RunState.INVALID);
        assertThat(red(outcome))
                .anySatisfy(
                        v -> {
                            assertThat(v.step()).isEqualTo(step);
                            assertThat(v.detail())
                                    .isNotNull()
                                    .contains("column " + column + ": is ")
                                    .contains(" expected ");
                        });
    }

    @org.junit.jupiter.api.Test
    void aConverterThatRefusesTooMuchIsFound() throws Exception {
        Outcome outcome = run(new TooStrict(), sqlite(), "sqlite");

        assertThat(outcome.state()).isEqualTo(RunState.INVALID);
        assertThat(red(outcome))
                .anySatisfy(v -> assertThat(v.detail()).contains("price: was refused by 'money'"));
    }

    private static List<Validation> red(Outcome outcome) {
        return outcome.validations().stream().filter(v -> !v.passed()).toList();
    }

    private Database sqlite() {
        return new Database("jdbc:sqlite:" + folder.resolve("shop.db"), "", "");
    }

    private Outcome run(Converters converters, Database target, String dialect) throws Exception {
        String source = "jdbc:sqlite:" + folder.resolve("legacy.db");
        Files.deleteIfExists(folder.resolve("legacy.db"));
        try (var connection = DriverManager.getConnection(source)) {
            new SmallShop(400, 11).fill(connection);
        }
        var plan = PlanReader.read("small.yaml", SmallShop.plan(dialect), folder);
        try (var from = Sources.open(new Database(source, "", ""));
                var to = Targets.open(target)) {
            return new Engine(
                            plan,
                            from,
                            to,
                            converters,
                            Listener.NONE,
                            Control.GO_ON,
                            InstantSource.system(),
                            new Worker("here"))
                    .run(UUID.randomUUID().toString());
        }
    }
}
