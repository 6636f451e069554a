package dev.slipway.console.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.api.tasks.WorkerPool;
import dev.slipway.client.offline.LoadState;
import dev.slipway.testing.MuchData;
import dev.slipway.testing.Screens;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class TypesViewModelTest {
    private final Screens screens = new Screens();
    private final List<String> set = new CopyOnWriteArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final TypesViewModel model =
            new TypesViewModel(
                    (type, limit) -> set.add(type + " " + limit.most()),
                    screens.commander,
                    told::add,
                    screens.access,
                    InstantSource.fixed(Screens.NOW),
                    screens.words);

    @BeforeEach
    void show() {
        var work = new MuchData(Screens.NOW).work();
        model.showHolds(new LoadState.Ready<>(work.holds(), Screens.NOW));
        model.showTypes(new LoadState.Ready<>(work.types(), Screens.NOW));
    }

    @Test
    void whatDoesNotStartComesFirstAndSaysWhy() {
        assertThat(model.types())
                .extracting(row -> row.status().type())
                .containsExactly("invoice.mail", "invoice.render", "migration.run", "newsletter");
        assertThat(model.types())
                .extracting(TypeRow::verdict)
                .containsExactly(
                        "limit: 2 of 2 run", "paused by olga: wrong logo on the template", "", "");
        assertThat(model.types())
                .extracting(TypeRow::running)
                .containsExactly("2 of 2", "0", "1", "0 of 4");
        // nothing waits is a dash, never 0 s
        assertThat(model.types())
                .extracting(TypeRow::oldest)
                .containsExactly("31 min", "10 min", "–", "12 min");
    }

    @Test
    void theWorkersThatAreStartedOnDemandAreTold() {
        assertThat(model.pool().stands().get()).isEmpty();
        var one = new WorkerPool.Running(4711, Screens.NOW.minusSeconds(90));
        var types = List.of("export", "picture.run");
        var well = new WorkerPool(types, 2, 300, List.of(one), 0, null, null, Screens.NOW);
        model.pool().show(new LoadState.Ready<>(List.of(well), Screens.NOW));
        assertThat(model.pool().stands().get())
                .isEqualTo(
                        "Workers on demand: 1 of 2 run, for export, picture.run; each ends after"
                                + " 5 min without a job");
        assertThat(model.pool().trouble().get()).isEmpty();

        String why = "Worker 4711 ended with exit code 137 after 3 s.";
        var bad = new WorkerPool(types, 2, 300, List.of(), 1, null, why, Screens.NOW);
        model.pool().show(new LoadState.Ready<>(List.of(bad), Screens.NOW));
        assertThat(model.pool().stands().get()).startsWith("Workers on demand: 0 of 2 run");
        assertThat(model.pool().trouble().get()).isEqualTo(why);
    }

    @Test
    void setsALimitAndTakesItAway() throws Exception {
        screens.online(Role.OPERATOR);
        model.select(model.types().getFirst());
        assertThat(model.most().get()).isEqualTo("2");
        model.most().set(" 7 ");
        model.limit();
        screens.answered();
        model.most().set("");
        model.limit();
        screens.answered();

        assertThat(set).containsExactly("invoice.mail 7", "invoice.mail null");
        assertThat(told)
                .containsExactly(
                        "At most 7 of invoice.mail run at once now",
                        "invoice.mail has no limit now");
    }

    @Test
    void whatIsTypedStaysWhileTheRowsMove() {
        screens.online(Role.OPERATOR);
        model.select(model.types().getFirst());
        model.most().set("9");
        model.select(model.types().getFirst());

        assertThat(model.most().get()).isEqualTo("9");
        model.select(model.types().getLast());
        assertThat(model.most().get()).isEqualTo("4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "few", "10001", "1.5", "99999999999"})
    void whatIsNoLimitIsNotSent(String typed) {
        screens.online(Role.OPERATOR);
        model.select(model.types().getFirst());
        model.most().set(typed);
        model.limit();

        assertThat(model.limitGate().reason().get()).contains("from 1 to 10,000");
        assertThat(set).isEmpty();
    }

    @Test
    void othersMayNotAndOfflineNobodyCan() {
        model.select(model.types().getFirst());
        screens.online(Role.VIEWER);
        assertThat(model.limitGate().reason().get()).contains("viewer");
        screens.offline();
        model.limit();
        assertThat(model.limitGate().reason().get()).contains("can't be reached");
        assertThat(set).isEmpty();
    }
}
