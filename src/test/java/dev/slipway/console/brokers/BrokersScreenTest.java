package dev.slipway.console.brokers;

import static dev.slipway.testing.Workplace.rows;
import static dev.slipway.testing.Workplace.says;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.api.brokers.Broker;
import dev.slipway.api.brokers.BrokerQueue;
import dev.slipway.api.events.Kind;
import dev.slipway.client.offline.Document;
import dev.slipway.console.shell.Screen;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.Kills;
import dev.slipway.testing.MuchBrokers;
import dev.slipway.testing.Workplace;

import javafx.scene.input.KeyCode;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class BrokersScreenTest {
    @TempDir Path folder;

    @Test
    void whatIsWrongComesFirstAndADeadMessageTellsItsStory() throws Exception {
        try (var place = new Workplace(folder)) {
            ConsoleHarness console = place.console();
            place.keep(List.of());
            console.online(Role.ONCALL);
            console.show(Screen.BROKERS);
            console.await(place::isShown);
            console.await(() -> says("No broker is configured"));
            console.picture("brokers-none");
            place.keep(60);
            place.answer(60);
            console.await(() -> rows("brokerQueues") > 0);
            assertThat(ConsoleHarness.onUi(() -> says("warehouse does not answer since"))).isTrue();
            place.keys().tabTo("brokerQueues").press(KeyCode.HOME).press(KeyCode.DOWN);
            console.await(() -> says("orders.dead at shop"));
            console.await(() -> !Workplace.closed("look"));
            place.keys().tabTo("look").press(KeyCode.SPACE);
            console.await(() -> rows("deadMessages") == 60);
            place.keys().tabTo("deadMessages").press(KeyCode.HOME);
            console.await(() -> says("Left orders: rejected, once, first "));
            assertThat(
                            ConsoleHarness.onUi(
                                    () ->
                                            says(
                                                    "published to the exchange shop with the key"
                                                            + " 'order.new'.")))
                    .isTrue();
            place.keys().tabTo("previewMove").press(KeyCode.SPACE);
            console.await(() -> says("2 for the queue old stay: the queue is gone"));
            console.picture("brokers-much");
            place.keys().tabTo("moveChosen").press(KeyCode.SPACE);
            place.asked();
            console.await(() -> says("It is taken out of orders.dead only when"));
            place.keys().press(KeyCode.ESCAPE);
            console.show(Screen.RESPONSE_TIMES);
            console.picture("caches-much");
            console.offline(Duration.ofSeconds(42));
            console.show(Screen.BROKERS);
            console.picture("brokers-offline");
            console.show(Screen.RESPONSE_TIMES);
            console.picture("caches-offline");
        }
    }

    @Test
    void nothingThatABrokerSaysBreaksTheScreen() throws Exception {
        List<String> names =
                List.of(
                        "a/b%2Fc",
                        "\u202eevil\u0000\r\n\t",
                        "\ud83d\ude00".repeat(60),
                        "{0} '' $x %s",
                        "ü".repeat(255),
                        "<b>",
                        " ",
                        "\ud800");
        List<Document> strange = new ArrayList<>();
        Broker shop = new MuchBrokers(Workplace.NOW).brokers().getFirst();
        strange.add(Document.of(Kind.BROKER, shop.name(), shop));
        var random = Kills.random(BrokersScreenTest.class);
        for (int i = 0; i < 600; i++) {
            BrokerQueue queue = strange(names.get(i % names.size()) + i, random);
            strange.add(Document.of(Kind.BROKER_QUEUE, queue.id(), queue));
        }
        try (var place = new Workplace(folder)) {
            ConsoleHarness console = place.console();
            place.keep(strange);
            console.online(Role.ONCALL);
            console.show(Screen.BROKERS);
            console.await(() -> rows("brokerQueues") == 600);
            place.keys().tabTo("brokerQueues").press(KeyCode.HOME).press(KeyCode.END);
            place.keys().tabTo("brokerText").type("%2Fc599");
            console.await(() -> rows("brokerQueues") <= 1);
            place.keys().press(KeyCode.A, KeyCode.CONTROL).press(KeyCode.DELETE);
            console.await(() -> rows("brokerQueues") == 600);
            console.settle();
            console.picture("brokers-strange");
        }
    }

    // a compiled record has lost that its list may hold null
    @SuppressWarnings("NullAway")
    private static BrokerQueue strange(String name, Random random) {
        List<@Nullable Long> depths = new ArrayList<>();
        for (int i = random.nextInt(200); i > 0; i--) {
            depths.add(number(random));
        }
        return new BrokerQueue(
                "shop",
                random.nextBoolean() ? "/" : name,
                name,
                List.of("", "classic", "quorum", "stream", name).get(random.nextInt(5)),
                List.of("", "running", "down", "crashed", name).get(random.nextInt(5)),
                number(random),
                number(random),
                number(random),
                rate(random),
                rate(random),
                rate(random),
                random.nextBoolean() ? null : Instant.ofEpochSecond(946_684_800L),
                random.nextBoolean() ? null : random.nextInt(Integer.MAX_VALUE),
                depths,
                Workplace.NOW.minusSeconds(random.nextInt(10_000)));
    }

    private static @Nullable Long number(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> Long.MAX_VALUE;
            case 2 -> 0L;
            default -> random.nextLong(Long.MAX_VALUE);
        };
    }

    private static @Nullable Double rate(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> 1e15;
            case 2 -> 0.0;
            default -> random.nextDouble() * 1e6;
        };
    }
}
