package dev.slipway.backend.migration.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.backend.migration.plan.PlanCheck;
import dev.slipway.backend.migration.source.Source;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.List;

/// A source that answers a plan's check, refuses it, or goes away meanwhile.
class PlanAnswersTest {
    private static final List<PlanCheck> CHECKS =
            List.of(new PlanCheck(7, "revenue", "SELECT 1", 8, "SELECT 1", 9));

    @Test
    void whatTheSourceRefusesIsAnAnswer() throws SQLException {
        Source refuses = failing(new SQLException("no such function", "42000"));

        assertThat(PlanAnswers.of(refuses, CHECKS).all())
                .singleElement()
                .satisfies(
                        answer -> {
                            assertThat(answer.refusal()).isEqualTo("no such function");
                            assertThat(answer.rows()).isEmpty();
                        });
    }

    @Test
    void aSourceThatGoesAwayMakesNoCheckRed() {
        var gone = new SQLException("connection reset", "08S01");

        assertThatThrownBy(() -> PlanAnswers.of(failing(gone), CHECKS)).isSameAs(gone);
    }

    private static Source failing(SQLException failure) {
        return (Source)
                Proxy.newProxyInstance(
                        Source.class.getClassLoader(),
                        new Class<?>[] {Source.class},
                        (_, _, _) -> {
                            throw failure;
                        });
    }
}
