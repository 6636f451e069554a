package dev.slipway.console.fx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class HandoverTest {
    private final List<String> done = new ArrayList<>();
    private final List<Runnable> ui = new ArrayList<>();
    private final Handover handover = new Handover(ui::add);

    @Test
    void holdsWorkUntilWhoPutsTheWindowTogetherDoesIt() {
        handover.execute(() -> done.add("first"));
        handover.execute(() -> done.add("second"));
        assertThat(done).isEmpty();

        handover.work();

        assertThat(done).containsExactly("first", "second");
        assertThat(ui).isEmpty();
    }

    @Test
    void whatIsHeldAtTheHandOverIsDoneBeforeTheUiTakesOver() {
        handover.execute(
                () -> {
                    done.add("held");
                    handover.execute(() -> done.add("followed"));
                });
        handover.work();
        handover.execute(() -> done.add("late"));

        handover.over();
        assertThat(done).containsExactly("held", "followed", "late");

        handover.execute(() -> done.add("by the UI"));
        assertThat(done).hasSize(3);
        ui.forEach(Runnable::run);
        assertThat(done).last().isEqualTo("by the UI");
    }
}
