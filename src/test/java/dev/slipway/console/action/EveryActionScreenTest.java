package dev.slipway.console.action;

import static dev.slipway.testing.Workplace.closed;
import static dev.slipway.testing.Workplace.shows;
import static dev.slipway.testing.Workplace.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.ProblemDetail;
import dev.slipway.api.access.Role;
import dev.slipway.client.offline.ConnectionState.Online;
import dev.slipway.console.action.Action.Effect;
import dev.slipway.console.action.Action.Effect.Command;
import dev.slipway.console.action.Action.Effect.Question;
import dev.slipway.console.action.Action.Effect.Seen;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.FakeBackend;
import dev.slipway.testing.Workplace;

import javafx.scene.Node;
import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// What must hold of whatever can be done, on the real screens and by keyboard alone.
class EveryActionScreenTest {
    private static final String PLACE = "Holiday shop";
    private static final int ROWS = 60;

    @TempDir Path folder;
    private Workplace place;
    private ConsoleHarness console;

    static Stream<Action> actions() {
        return Actions.all();
    }

    static Stream<Action> commands() {
        return Actions.commands();
    }

    static Stream<Action> questions() {
        return Actions.questions();
    }

    static Stream<Action> asking() {
        return Actions.asking();
    }

    /// What needs a backend.
    static Stream<Action> remote() {
        return Actions.all().filter(action -> !(action.effect() instanceof Seen));
    }

    @BeforeEach
    void open() throws Exception {
        place = new Workplace(folder);
        console = place.console();
        place.keep(ROWS);
        place.answer(ROWS);
    }

    @AfterEach
    void close() throws Exception {
        place.close();
    }

    /// What only shows something is done without a backend: it needs none.
    @ParameterizedTest
    @MethodSource("actions")
    void isDoneByKeyboardAlone(Action action) throws Exception {
        if (action.effect() instanceof Seen) {
            console.offline(Duration.ofSeconds(42));
        } else {
            console.online(Role.ADMIN);
        }
        prepare(action);
        switch (action.effect()) {
            case Command command -> {
                place.backend().answer(command.request(), 200, command.answer());
                give(action);
                console.await(() -> place.backend().commands().size() == 1);
                assertThat(place.backend().commands().getFirst()).startsWith(command.request());
                assertThat(place.backend().keys()).hasSize(1).doesNotContain("null");
                assertThat(place.troubles()).isEmpty();
            }
            case Question question -> {
                int before = asked(question);
                give(action);
                console.await(() -> asked(question) > before);
            }
            case Seen seen -> see(action, seen);
        }
    }

    @ParameterizedTest
    @MethodSource("remote")
    void isClosedWithoutABackendAndSaysWhy(Action action) throws Exception {
        console.online(Role.ADMIN);
        prepare(action);
        console.offline(Duration.ofSeconds(42));
        if (action.effect() instanceof Command command && command.alwaysOpen()) {
            return;
        }
        console.await(() -> !open(action));

        assertThat(help(action.button())).contains("can't be reached");
        int before = asked(action.effect());
        // a chord is not held back by a button that is closed
        place.keys().press(KeyCode.ESCAPE);
        if (!action.how().isEmpty() && !action.how().equals("Space")) {
            action.keys().at(place);
        }
        place.breathe();
        assertThat(shows("confirm-act")).isFalse();
        assertThat(asked(action.effect())).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void whatWentWrongStandsOnTheScreenAndItCanBeDoneAgain(Action action) throws Exception {
        console.online(Role.ADMIN);
        prepare(action);
        var command = (Command) action.effect();
        var backend = place.backend();

        backend.answer(command.request(), 409, refusal(409, "Someone was faster."));
        give(action);
        told(action, command, "Someone was faster.");
        backend.answer(command.request(), 500, refusal(500, "It broke, see p-7."));
        give(action);
        told(action, command, "It broke, see p-7.");
        backend.cut(command.request(), "UNKNOWN", command.answer());
        give(action);
        told(action, command, "can't say what became of");
        int before = backend.commands().size();
        backend.cut(command.request(), "DONE", command.answer());
        give(action);
        console.await(() -> backend.commands().size() == before + 2);

        assertThat(backend.commands()).allMatch(sent -> sent.startsWith(command.request()));
        assertThat(backend.keys()).as("four commands, one of them sent twice").hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("questions")
    void aPageThatDoesNotComeIsTold(Action action) throws Exception {
        console.online(Role.ADMIN);
        prepare(action);
        var question = (Question) action.effect();
        place.backend().answer(question.request(), 500, refusal(500, "It broke, see p-7."));

        give(action);

        console.await(() -> says("", "It broke, see p-7."));
        console.await(() -> open(action));
    }

    @ParameterizedTest
    @MethodSource("asking")
    void changesNothingWhenItIsNotConfirmed(Action action) throws Exception {
        console.online(Role.ADMIN);
        prepare(action);
        for (KeyCode way : List.of(KeyCode.ESCAPE, KeyCode.ENTER, KeyCode.SPACE)) {
            action.keys().at(place);
            place.asked();
            if (way != KeyCode.ESCAPE) {
                place.keys().tabTo("confirm-keep");
            }
            place.keys().press(way);
            console.await(() -> !shows("confirm-act"));
            console.await(() -> open(action));
        }
        place.breathe();
        assertThat(place.backend().commands()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("asking")
    void inProductionItsNameMustBeTyped(Action action) throws Exception {
        console.stand(
                new Online(
                        console.health(PLACE, "#b42318", true), FakeBackend.session(Role.ADMIN)));
        prepare(action);
        var command = (Command) action.effect();
        place.backend().answer(command.request(), 200, command.answer());
        action.keys().at(place);
        place.asked();
        if (shows("confirm-reason")) {
            place.keys().tabTo("confirm-reason").type("because");
        }
        place.keys().tabTo("confirm-environment").type("holiday shop");
        assertThat(closed("confirm-act")).isTrue();
        place.keys().press(KeyCode.A, KeyCode.CONTROL).type(PLACE);
        place.keys().tabTo("confirm-act").press(KeyCode.SPACE);

        console.await(() -> place.backend().commands().size() == 1);
        assertThat(place.backend().commands().getFirst()).startsWith(command.request());
    }

    private void prepare(Action action) throws Exception {
        console.show(action.screen());
        console.await(() -> place.isShown());
        action.given().at(place);
        if (!(action.effect() instanceof Seen)) {
            console.await(() -> open(action));
        }
    }

    private void see(Action action, Seen seen) throws Exception {
        assertThat(ConsoleHarness.onUi(() -> seen.look().at(place))).isFalse();
        action.keys().at(place);
        console.await(
                () -> {
                    try {
                        return seen.look().at(place);
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                });
    }

    /// Does it, and confirms it where it asks.
    private void give(Action action) throws Exception {
        action.keys().at(place);
        if (action.asks()) {
            place.asked();
            if (shows("confirm-reason")) {
                place.keys().tabTo("confirm-reason").type("because");
            }
            place.keys().tabTo("confirm-act").press(KeyCode.SPACE);
        }
    }

    private void told(Action action, Command command, String what) throws Exception {
        console.await(() -> says(command.tells(), what));
        if (command.tells().equals("logInError")) {
            // a password is never kept
            action.given().at(place);
        }
        console.await(() -> open(action));
    }

    private boolean says(String node, String what) {
        try {
            return node.isEmpty()
                    ? place.troubles().stream().anyMatch(trouble -> trouble.contains(what))
                            && shows("notice-dismiss")
                    : text(node).contains(what);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static boolean open(Action action) {
        return action.button().isEmpty() || !closed(action.button());
    }

    private String help(String id) throws Exception {
        return String.valueOf(place.see(id, Node.class).getAccessibleHelp());
    }

    private int asked(Effect effect) {
        String request =
                switch (effect) {
                    case Command command -> command.request();
                    case Question question -> question.request();
                    case Seen _ -> throw new AssertionError("asks nothing");
                };
        String[] parts = request.split(" ", -1);
        return place.backend().requests(parts[0], parts[1]).size();
    }

    private static ProblemDetail refusal(int status, String detail) {
        return new ProblemDetail("urn:x", "Refused", status, detail, "p-7", List.of());
    }
}
