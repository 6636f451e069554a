package dev.slipway.backend.migration.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.config.BadFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

class PlanReaderTest {
    private static final String EXPECT = "# expect: ";

    static Stream<Path> badPlans() throws Exception {
        return Files.list(folder("/plans/bad")).sorted();
    }

    /// Each file says in its first lines what must be told of it, all of it at once.
    @ParameterizedTest
    @MethodSource("badPlans")
    void tellsEverythingThatIsWrong(Path file) throws Exception {
        List<String> wanted =
                Files.readAllLines(file).stream()
                        .filter(line -> line.startsWith(EXPECT))
                        .map(line -> line.substring(EXPECT.length()))
                        .toList();

        BadFile bad = catchThrowableOfType(BadFile.class, () -> PlanReader.read(file));

        assertThat(bad).isNotNull();
        assertThat(wanted).isNotEmpty();
        // what is told besides would send its reader astray
        if (!file.endsWith("not-yaml.yaml")) {
            assertThat(bad.problems()).hasSameSizeAs(wanted);
        }
        for (String each : wanted) {
            assertThat(bad.getMessage()).contains(each);
        }
    }

    @Test
    void theRealShopsPlanIsWhole() throws Exception {
        MigrationPlan plan = PlanReader.read(folder("/plans").resolve("classicmodels.yaml"));

        assertThat(plan.steps())
                .extracting(Step::name)
                .contains("vendors", "products", "customers", "orders", "order-lines", "payments");
        assertThat(Objects.requireNonNull(plan.schemas().get("postgresql")).after())
                .contains("FOREIGN KEY");
        assertThat(plan.repairs()).isNotEmpty();
    }

    @Test
    void theSandboxesPlanDeclaresItsRepairs() throws Exception {
        try (var in = PlanReaderTest.class.getResourceAsStream("/assets/plans/sandbox.yaml")) {
            String yaml =
                    new String(
                            java.util.Objects.requireNonNull(in).readAllBytes(),
                            StandardCharsets.UTF_8);
            MigrationPlan plan = PlanReader.read("sandbox.yaml", yaml, Path.of("."));

            assertThat(plan.repairs()).hasSizeGreaterThan(10).allMatch(r -> r.contains(": "));
        }
    }

    @Test
    void aSqlFileThatChangesMakesAnotherPlan() throws Exception {
        Path folder = Files.createTempDirectory("plan");
        String yaml =
                "name: p\nschema: {sqlite: {before: a.sql}}\nsteps:\n  - name: s\n"
                        + "    source: {table: t}\n    target: t\n    columns: {c: {type: text}}\n";
        Files.writeString(folder.resolve("a.sql"), "CREATE TABLE t (c TEXT) STRICT");
        String before = PlanReader.read("p", yaml, folder).hash();
        Files.writeString(folder.resolve("a.sql"), "CREATE TABLE t (c TEXT, d TEXT) STRICT");

        assertThat(PlanReader.read("p", yaml, folder).hash()).isNotEqualTo(before);
    }

    private static Path folder(String resource) throws Exception {
        return Path.of(
                java.util.Objects.requireNonNull(PlanReaderTest.class.getResource(resource))
                        .toURI());
    }
}
