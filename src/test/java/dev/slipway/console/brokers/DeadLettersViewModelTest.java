package dev.slipway.console.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.api.brokers.Broker;
import dev.slipway.api.brokers.BrokerAccess;
import dev.slipway.api.brokers.BrokerQueue;
import dev.slipway.api.brokers.LookAt;
import dev.slipway.api.brokers.LookedAt;
import dev.slipway.api.brokers.MoveMessages;
import dev.slipway.api.brokers.MovePreview;
import dev.slipway.api.brokers.MoveStarted;
import dev.slipway.api.brokers.MoveVia;
import dev.slipway.testing.MuchBrokers;
import dev.slipway.testing.Screens;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

class DeadLettersViewModelTest {
    private final Screens screens = new Screens();
    private final MuchBrokers much = new MuchBrokers(Screens.NOW);
    private final List<Object> asked = new CopyOnWriteArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final DeadLettersViewModel model =
            new DeadLettersViewModel(
                    new Answers(),
                    screens.commander,
                    told::add,
                    screens.access,
                    () -> Screens.NOW,
                    screens.words);

    private final class Answers implements BrokerCommands {
        @Override
        public LookedAt look(String broker, LookAt look) {
            asked.add(look);
            return new LookedAt("/", "orders.dead", much.messages(10), 4_182L, Screens.NOW);
        }

        @Override
        public MovePreview preview(String broker, MoveMessages move) {
            asked.add(move);
            return much.preview();
        }

        @Override
        public MoveStarted move(String broker, MoveMessages move) {
            asked.add(move);
            return new MoveStarted("j1", 4_182);
        }
    }

    private BrokerQueue queue(String name) {
        return much.queues().stream().filter(q -> q.name().equals(name)).findFirst().orElseThrow();
    }

    private void choose(String queue, BrokerAccess access) {
        Broker shop = much.brokers().getFirst();
        model.show(
                queue(queue),
                Optional.of(
                        new Broker(
                                shop.name(),
                                shop.product(),
                                shop.state(),
                                shop.since(),
                                "",
                                access,
                                shop.queues(),
                                shop.shown(),
                                shop.asOf())));
    }

    @Test
    void aMoveNeedsThePreviewOfTheSameMessages() throws Exception {
        screens.online(Role.ONCALL);
        choose("orders.dead", BrokerAccess.MOVE);
        model.look();
        screens.answered();
        assertThat(model.rows()).hasSize(10);
        assertThat(model.moveAllGate().reason().get()).isEqualTo("Press Preview first.");
        model.preview();
        screens.answered();
        assertThat(model.moveAllGate().open()).isTrue();
        assertThat(model.previewed().get()).contains("2 for the queue old stay: the queue is gone");

        model.selected().setAll(model.rows().subList(0, 2));
        assertThat(model.previewed().get()).isEmpty();
        assertThat(model.moveChosenGate().open()).isFalse();
        model.preview();
        screens.answered();
        assertThat(model.moveChosenGate().open()).isTrue();
        assertThat(model.moveAllGate().reason().get()).startsWith("The preview is of the chosen");
        model.via().set(MoveVia.EXCHANGE);
        assertThat(model.moveChosenGate().open()).isFalse();
        model.preview();
        screens.answered();

        assertThat(model.beforeMove(true)).get().matches(ask -> ask.asksReason());
        model.move(true, "mended");
        screens.answered();
        assertThat(asked.getLast())
                .isEqualTo(
                        new MoveMessages(
                                "/",
                                "orders.dead",
                                List.of("f0", "f1"),
                                MoveVia.EXCHANGE,
                                50,
                                false,
                                "mended"));
        assertThat(told).singleElement().asString().contains("job j1");
    }

    @Test
    void aQueueThatCountsLooksIsLookedAtOnlyWhenThatIsMeant() throws Exception {
        screens.online(Role.OPERATOR);
        choose("orders", BrokerAccess.LOOK);
        assertThat(model.lookGate().reason().get()).contains("after 20 deliveries");
        model.look();
        screens.answered();
        assertThat(asked).isEmpty();

        model.despiteLimit().set(true);
        model.look();
        screens.answered();
        assertThat(asked).containsExactly(new LookAt("/", "orders", 50, true));
    }

    @Test
    void aQueueThatCountsWhatIsPutBackIsMovedFromOnlyWhenThatIsMeant() throws Exception {
        screens.online(Role.OPERATOR);
        choose("orders", BrokerAccess.MOVE);
        model.preview();
        screens.answered();
        assertThat(model.moveAllGate().reason().get()).contains("after 20 deliveries");
        model.move(false, "mended");
        screens.answered();
        assertThat(asked).hasSize(1);

        model.despiteLimit().set(true);
        assertThat(model.beforeMove(false))
                .get()
                .matches(
                        ask ->
                                ask.consequence()
                                        .contains("gives a message up after 20 deliveries"));
        model.move(false, "mended");
        screens.answered();
        assertThat(((MoveMessages) asked.getLast()).despiteLimit()).isTrue();
    }

    @Test
    void whoMayNotIsTold() {
        screens.online(Role.VIEWER);
        choose("orders.dead", BrokerAccess.MOVE);
        assertThat(model.lookGate().reason().get()).contains("viewer");
        screens.online(Role.ONCALL);
        choose("orders.dead", BrokerAccess.READ);
        assertThat(model.lookGate().reason().get()).contains("only read figures");
        choose("orders.dead", BrokerAccess.LOOK);
        assertThat(model.lookGate().open()).isTrue();
        assertThat(model.previewGate().reason().get()).contains("access: move");
    }

    @Test
    void anotherQueueForgetsWhatWasSeen() throws Exception {
        screens.online(Role.ONCALL);
        choose("orders.dead", BrokerAccess.MOVE);
        model.look();
        screens.answered();
        choose("mail", BrokerAccess.MOVE);
        assertThat(model.rows()).isEmpty();
        assertThat(model.extent().get()).isEmpty();
    }
}
