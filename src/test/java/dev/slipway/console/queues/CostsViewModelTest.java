package dev.slipway.console.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.api.tasks.TypeCost;
import dev.slipway.client.offline.Listing;
import dev.slipway.client.offline.LoadState;
import dev.slipway.testing.MuchWork;
import dev.slipway.testing.Screens;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class CostsViewModelTest {
    private final Screens screens = new Screens();
    private final List<Integer> asked = new CopyOnWriteArrayList<>();
    private volatile boolean refuse;
    private final CostsViewModel model =
            new CostsViewModel(
                    days -> {
                        asked.add(days);
                        if (refuse) {
                            throw Screens.refused(500, "It broke.");
                        }
                        return new Listing<>(List.of(), null, null);
                    },
                    screens.loader,
                    screens.access,
                    screens.words);

    @Test
    void whatCostsMostComesFirstAndDaysAreAddedUp() {
        model.show(ready(new MuchWork(Screens.NOW).costs()));

        assertThat(model.rows())
                .extracting(CostRow::type)
                .containsExactly(
                        "invoice.render",
                        "migration.run",
                        "invoice.mail",
                        "schedule.audit",
                        "picture.folder");
        CostRow render = model.rows().getFirst();
        // 1,204 + 41,204 jobs; 391,200 + 13,391,200 ms
        assertThat(render.jobs()).isEqualTo(42_408);
        assertThat(render.cpu()).isEqualTo("≥ 3 h 49 min");
        assertThat(render.each()).isEqualTo("≥ 325 ms");
        assertThat(model.rows().get(1).each()).isEqualTo("2 h 24 min");
        assertThat(model.rows().get(3).cpu()).isEqualTo("21 ms");
        assertThat(model.rows().getLast().each()).isEqualTo("–");
        assertThat(model.rows().getLast().cpu()).isEqualTo("–");
        assertThat(model.summary().get())
                .isEqualTo(
                        "Last 7 days, 16 Nov to 22 Nov (UTC): 42,804 jobs ended, CPU time"
                                + " ≥ 6 h 13 min. ≥: of 7 attempts it is unknown, their workers"
                                + " died.");
    }

    @Test
    void ofNothingItSaysNothingAndStaleOnesTellTheDaysThatTheyAreOf() {
        model.show(ready(List.of()));
        assertThat(model.summary().get()).isEmpty();
        assertThat(model.rows()).isEmpty();
        model.show(
                new LoadState.Stale<>(
                        new Listing<>(new MuchWork(Screens.NOW).costs(), null, null),
                        Screens.NOW.minusSeconds(86_400)));
        assertThat(model.summary().get()).contains("15 Nov to 21 Nov");
    }

    @Test
    void isFetchedOnlineAloneAndAFailureLeavesWhatIsKept() throws Exception {
        screens.offline();
        model.shown();
        model.selected(true);
        model.refresh();
        assertThat(asked).isEmpty();
        model.show(ready(new MuchWork(Screens.NOW).costs()));
        refuse = true;
        screens.online(Role.VIEWER);
        screens.answered();
        assertThat(asked).containsExactly(7);
        assertThat(screens.problems).isEmpty();
        assertThat(model.rows()).hasSize(5);
        model.refresh();
        screens.answered();
        assertThat(asked).hasSize(2);
    }

    /// It is added up when it is asked for: not while another screen is open, or another part of
    /// this one, whatever the connection does.
    @Test
    void isFetchedWhileSomeoneLooksAtItAndNotBeforeOrAfter() throws Exception {
        screens.online(Role.VIEWER);
        model.shown();
        reconnected();
        assertThat(asked).isEmpty();
        model.selected(true);
        screens.answered();
        assertThat(asked).hasSize(1);

        model.hidden();
        reconnected();
        model.refresh();
        screens.answered();
        assertThat(asked).hasSize(1);

        model.shown();
        screens.answered();
        assertThat(asked).hasSize(2);
        reconnected();
        screens.answered();
        assertThat(asked).hasSize(3);
        model.selected(false);
        reconnected();
        assertThat(asked).hasSize(3);
    }

    private void reconnected() throws InterruptedException {
        screens.offline();
        screens.online(Role.VIEWER);
        screens.answered();
    }

    private static LoadState<Listing<TypeCost>> ready(List<TypeCost> costs) {
        return new LoadState.Ready<>(new Listing<>(costs, null, null), Screens.NOW);
    }
}
