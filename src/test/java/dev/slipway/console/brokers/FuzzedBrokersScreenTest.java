package dev.slipway.console.brokers;

import static dev.slipway.testing.Workplace.closed;
import static dev.slipway.testing.Workplace.rows;
import static dev.slipway.testing.Workplace.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.console.shell.Screen;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.FalseBroker;
import dev.slipway.testing.FalseBroker.Answer;
import dev.slipway.testing.Keys;
import dev.slipway.testing.Kills;
import dev.slipway.testing.RunningBackend;

import javafx.scene.control.SplitPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What brokers answer, from the wire to the screen: a false management API, a real backend that
/// asks it, and the console over that backend. Whatever comes, what could be read is shown, what
/// could not is said to be unknown, and nothing breaks. `-Dslipway.fuzz.rounds=100` for more,
/// `-Dslipway.seed=…` for the answers of an earlier run.
class FuzzedBrokersScreenTest {
    private static final int ROUNDS = Integer.getInteger("slipway.fuzz.rounds", 6);

    /// All are asked every few seconds: the more there are the more answers are seen.
    private static final int BROKERS = 6;

    private static final List<String> COLUMNS =
            List.of("verdict", "ready", "unacked", "oldest", "in", "out", "acked", "consumers");

    @TempDir Path folder;
    private final Keys keys = new Keys();
    private final List<StrangeBroker> brokers = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private ConsoleHarness console;

    private long number;

    @Test
    void noAnswerBreaksTheScreen() throws Exception {
        var random = Kills.random(getClass());
        try (var api = new FalseBroker()) {
            for (int i = 0; i < BROKERS; i++) {
                brokers.add(new StrangeBroker("fz%02d".formatted(i), api, random));
            }
            brokers.forEach(broker -> broker.good(++number));
            try (var backend = backend(api);
                    var opened = open(backend)) {
                console = opened;
                console.follow();
                console.show(Screen.BROKERS);
                console.await(() -> rows("brokerQueues") == BROKERS * 4);
                // so many brokers have lines above the table: all its rows must have room to be
                // read
                ConsoleHarness.run(
                        () ->
                                ((SplitPane)
                                                console.stage()
                                                        .getScene()
                                                        .lookup("#place .split-pane"))
                                        .setDividerPosition(0, 0.95));
                allAreShown();
                int unreadable = 0;
                for (int round = 0; round < ROUNDS; round++) {
                    brokers.forEach(broker -> broker.strange(++number));
                    allAreShown();
                    look(round);
                    unreadable += (int) brokers.stream().filter(broker -> !broker.isUp()).count();
                }
                brokers.forEach(broker -> broker.good(++number));
                allAreShown();
                assertThat(text("trouble")).isEmpty();
                System.out.println(
                        "FuzzedBrokersScreenTest: "
                                + ROUNDS * BROKERS
                                + " strange answers, "
                                + unreadable
                                + " of them unreadable");
                assertThat(unreadable).isPositive();
            }
        }
    }

    private RunningBackend backend(FalseBroker api) throws IOException {
        Files.writeString(folder.resolve("password"), "guest");
        var configuration = new StringBuilder("backend: {port: 0, heartbeat: 1}\nbrokers:\n");
        for (StrangeBroker broker : brokers) {
            configuration.append(
                    """
                      - {name: %s, url: "%s/%1$s", user: guest, password-file: password, access: move}
                    """
                            .formatted(broker.name(), api.uri()));
        }
        return new RunningBackend(folder, InstantSource.system(), configuration.toString());
    }

    private ConsoleHarness open(RunningBackend backend) throws Exception {
        String token = backend.token(Role.ONCALL);
        return ConsoleHarness.open(
                folder.resolve("console"), backend.uri(""), () -> token, InstantSource.system());
    }

    private void allAreShown() throws Exception {
        for (StrangeBroker broker : brokers) {
            keys.tabTo("brokerText").press(KeyCode.A, KeyCode.CONTROL).type(broker.name());
            try {
                console.await(
                        () ->
                                says(broker).equals(broker.isUp() ? "up" : "away")
                                        && seen(broker).equals(wanted(broker)));
            } catch (AssertionError e) {
                String told = broker.name() + " told\n" + broker.told();
                assertThat(ConsoleHarness.onUi(() -> seen(broker)))
                        .as(told)
                        .isEqualTo(wanted(broker));
                assertThat(ConsoleHarness.onUi(() -> says(broker)))
                        .as(told)
                        .isEqualTo(broker.isUp() ? "up" : "away");
                throw e;
            }
        }
        assertThat(console.troubles()).as("of what only came by itself").isEmpty();
    }

    /// What the screen says of the broker: it says either.
    private static String says(StrangeBroker broker) {
        boolean well = text("well").contains(broker.name() + ": ");
        boolean away = text("trouble").contains(broker.name() + " does not answer since ");
        return well == away ? "both or neither" : well ? "up" : "away";
    }

    private static Map<String, Map<String, String>> wanted(StrangeBroker broker) {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        broker.shown().forEach((name, cells) -> all.put(name, comparable(broker, name, cells)));
        return all;
    }

    /// Without the verdict where a broker that is away or a strange state has it say more.
    private static Map<String, String> comparable(
            StrangeBroker broker, String name, Map<String, String> cells) {
        Map<String, String> some = new LinkedHashMap<>(cells);
        Map<String, String> wanted = broker.shown().getOrDefault(name, Map.of());
        if (!broker.isUp() || "*".equals(wanted.get("verdict"))) {
            some.remove("verdict");
        }
        return some;
    }

    /// What stands in the table, which shows this broker alone.
    private Map<String, Map<String, String>> seen(StrangeBroker broker) {
        var table = (TableView<?>) console.stage().getScene().lookup("#brokerQueues");
        table.applyCss();
        table.layout();
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        for (var node : table.lookupAll(".table-row-cell")) {
            var row = (TableRow<?>) node;
            if (row.isVisible() && !row.isEmpty()) {
                Map<String, String> cells = new LinkedHashMap<>();
                for (var each : row.lookupAll(".table-cell")) {
                    var cell = (TableCell<?, ?>) each;
                    cells.put(cell.getTableColumn().getId(), cell.getText());
                }
                String name = String.valueOf(cells.get("name"));
                all.put(name, comparable(broker, name, figures(cells)));
            }
        }
        return all;
    }

    private static Map<String, String> figures(Map<String, String> cells) {
        Map<String, String> some = new LinkedHashMap<>();
        for (String column : COLUMNS) {
            some.put(column, String.valueOf(cells.get(column)));
        }
        some.computeIfPresent("oldest", (_, age) -> age.matches("\\d+ d") ? "days" : age);
        return some;
    }

    /// Looks into a queue of a broker that can be read; what comes is strange each time.
    private void look(int round) throws Exception {
        StrangeBroker broker =
                brokers.stream().filter(StrangeBroker::isUp).findFirst().orElseThrow();
        var standing = Answer.of(new StrangeQueue("/", "witness", "classic", 3).json());
        var messages = Answer.of(StrangeBroker.MESSAGES);
        var page = Answer.of(404, "text/html", "<html>Not found</html>");
        keys.tabTo("brokerText")
                .press(KeyCode.A, KeyCode.CONTROL)
                .type(broker.name() + " / witness");
        console.await(() -> rows("brokerQueues") == 1);
        keys.tabTo("brokerQueues").press(KeyCode.HOME);
        switch (round % 4) {
            case 0 -> {
                broker.lies(standing, messages);
                pressLook();
                console.await(() -> rows("deadMessages") == 1);
            }
            case 1 -> {
                broker.lies(page, messages);
                pressLook();
                isTold("The broker knows no such queue. Nothing was done.");
            }
            case 2 -> {
                broker.lies(standing, Answer.of("<html>Sign in</html>"));
                pressLook();
                isTold("it answered with a web page instead of figures");
            }
            default -> {
                // all of it is strange, and two are no messages
                String strange =
                        StrangeBroker.MESSAGES.replaceAll(":(?:\\d+|true)", ":\"infinity\"");
                broker.lies(
                        standing,
                        Answer.of("[" + strange.substring(1, strange.length() - 1) + ",null,7]"));
                pressLook();
                console.await(() -> rows("deadMessages") == 1);
            }
        }
    }

    private void pressLook() throws Exception {
        console.await(() -> !closed("look"));
        keys.tabTo("look").press(KeyCode.SPACE);
    }

    private void isTold(String what) throws Exception {
        console.await(
                () -> {
                    try {
                        return console.troubles().stream().anyMatch(told -> told.contains(what));
                    } catch (Exception e) {
                        // who calls it lets no checked one through: the test fails with it
                        throw new AssertionError(e);
                    }
                });
        ConsoleHarness.run(
                () -> {
                    var notices = console.wiring().context().notices();
                    List.copyOf(notices.all()).forEach(notices::dismiss);
                });
    }
}
