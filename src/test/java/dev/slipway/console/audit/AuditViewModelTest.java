package dev.slipway.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.client.offline.Listing;
import dev.slipway.client.offline.LoadState;
import dev.slipway.testing.MuchData;
import dev.slipway.testing.Screens;

import org.junit.jupiter.api.Test;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class AuditViewModelTest {
    private final Screens screens = new Screens();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AuditViewModel model =
            new AuditViewModel(
                    (_, cursor) -> {
                        asked.add(String.valueOf(cursor));
                        return new Listing<>(List.of(), null, null);
                    },
                    screens.loader,
                    screens.access,
                    InstantSource.fixed(Screens.NOW),
                    screens.words);

    @Test
    void pagesAndTheLiveStreamMakeOneListWithoutDoubles() {
        var entries = new MuchData(Screens.NOW).audit(30);
        model.show(ready(new Listing<>(entries.subList(5, 30), "c2", null)));
        model.showLive(ready(entries.subList(0, 10)));

        assertThat(model.rows())
                .extracting(row -> row.entry().seq())
                .hasSize(30)
                .doesNotHaveDuplicates();
        assertThat(model.rows().getFirst().entry().seq()).isEqualTo(30);
    }

    @Test
    void isFilteredByTextAndByRefusal() {
        model.show(ready(new Listing<>(new MuchData(Screens.NOW).audit(30), null, null)));
        model.text().set("LAUNCH/weight");
        assertThat(model.rows()).hasSize(8).allMatch(r -> r.entry().action().contains("launch"));
        model.refusedOnly().set(true);
        assertThat(model.rows()).hasSize(1).allMatch(r -> r.entry().status() == 403);
        assertThat(model.extent().get()).isEqualTo("1 of 30 loaded entries shown");
    }

    @Test
    void pagesOnOnlyWithABackend() throws Exception {
        model.show(ready(new Listing<>(new MuchData(Screens.NOW).audit(30), "c2", null)));
        screens.offline();
        model.more();
        assertThat(asked).isEmpty();
        screens.online(Role.ADMIN);
        model.more();
        screens.answered();
        assertThat(asked).containsExactly("c2");
    }

    private static <T> LoadState<T> ready(T value) {
        return new LoadState.Ready<>(value, Screens.NOW);
    }
}
