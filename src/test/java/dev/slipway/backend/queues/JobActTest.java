package dev.slipway.backend.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.queues.JobState;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

class JobActTest {

    /// The whole table as a person would draw it: what may happen in each state.
    @ParameterizedTest
    @CsvSource({
        "READY,     CLAIM DISCARD",
        "RUNNING,   CLAIM SUCCEED BACK_OFF BURY HAND_BACK CANCEL DISCARD",
        "RETRYING,  CLAIM DISCARD",
        "SUCCEEDED, ''",
        "DEAD,      RAISE DISCARD",
        "DISCARDED, RAISE",
    })
    void eachStateAllowsTheseAndNoOthers(JobState state, String acts) {
        Set<String> allowed =
                Arrays.stream(JobAct.values())
                        .filter(act -> act.allowedFrom(state))
                        .map(JobAct::name)
                        .collect(Collectors.toSet());

        assertThat(allowed)
                .containsExactlyInAnyOrderElementsOf(
                        acts.isEmpty() ? Set.of() : Set.of(acts.split(" ")));
    }
}
