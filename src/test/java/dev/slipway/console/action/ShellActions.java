package dev.slipway.console.action;

import static dev.slipway.console.action.Action.on;
import static dev.slipway.console.shell.Screen.AUDIT;
import static dev.slipway.console.shell.Screen.LAUNCH;
import static dev.slipway.console.shell.Screen.OVERVIEW;
import static dev.slipway.testing.Workplace.NOW;
import static dev.slipway.testing.Workplace.shows;

import dev.slipway.api.Paths;
import dev.slipway.api.access.Role;
import dev.slipway.api.access.Session;
import dev.slipway.api.events.Kind;
import dev.slipway.client.http.Problem;
import dev.slipway.client.offline.ConnectionState.LogInNeeded;
import dev.slipway.client.offline.Document;
import dev.slipway.console.action.Action.Look;
import dev.slipway.console.action.Action.Step;
import dev.slipway.console.fx.Theme;
import dev.slipway.console.shell.Screen;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.FakeBackend;
import dev.slipway.testing.Keys;
import dev.slipway.testing.MuchData;
import dev.slipway.testing.MuchWork;
import dev.slipway.testing.Workplace;

import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What can be done on the window's frame.
final class ShellActions {
    private static final String LOG_IN = "POST " + Paths.SESSION;
    private static final String ROLL_BACK = "POST " + Paths.LAUNCH_ROLLBACK;

    /// The wait before the fifth attempt to connect is two seconds at least.
    private static final int ATTEMPTS = 4;

    private static final Duration AT_ONCE = Duration.ofMillis(1_500);

    private ShellActions() {}

    private static void brokerAway(Workplace place) throws Exception {
        var away = new MuchWork(NOW).brokerAway();
        place.console().store().take("1", List.of(Document.of(Kind.JOB_BROKER, "broker", away)));
        place.console().await(() -> shows("toQueues"));
    }

    static List<Action> all() {
        List<Action> all = new ArrayList<>();
        for (Screen screen : Screen.values()) {
            Screen from = screen == AUDIT ? LAUNCH : AUDIT;
            String id = nav(screen);
            int down = screen.ordinal() - from.ordinal();
            all.add(on(from, id).by("arrows", Steps.along(nav(from), down)).shows(Steps.on(id)));
            if (!screen.digit().isEmpty()) {
                all.add(
                        on(from, id)
                                .byChord(
                                        "Ctrl+" + screen.digit(),
                                        KeyCode.getKeyCode(screen.digit()),
                                        KeyCode.CONTROL)
                                .shows(Steps.on(id)));
            }
        }
        all.add(
                on(AUDIT, "nav-connections")
                        .byChord("Ctrl+,", KeyCode.COMMA, KeyCode.CONTROL)
                        .shows(Steps.on("nav-connections")));
        all.add(on(OVERVIEW, "theme").shows(place -> place.console().theme() == Theme.DARK));
        all.add(on(OVERVIEW, "help").shows(_ -> shows("helpPlace")));
        all.add(on(OVERVIEW, "help").byChord("F1", KeyCode.F1).shows(_ -> shows("helpPlace")));
        all.add(
                on(OVERVIEW, "help")
                        .given(place -> place.keys().press(KeyCode.F1))
                        .byChord("Esc", KeyCode.ESCAPE)
                        .shows(_ -> !shows("helpPlace")));
        all.add(on(OVERVIEW, "reconnect").given(ShellActions::gone).shows(askedAgainAtOnce()));
        all.add(
                on(OVERVIEW, "toQueues")
                        .given(ShellActions::brokerAway)
                        .shows(Steps.on("nav-queues")));
        Step toLogIn = ShellActions::loggedOut;
        Step form = toLogIn.then(Steps.type("user", "ada")).then(Steps.type("password", "secret"));
        var session = FakeBackend.session(Role.ADMIN);
        all.add(
                on(OVERVIEW, "user")
                        .given(toLogIn)
                        .by("typing", Steps.type("user", "ada"))
                        .shows(Steps.holds("user", "ada")));
        all.add(
                on(OVERVIEW, "password")
                        .given(toLogIn)
                        .by("typing", Steps.type("password", "x"))
                        .shows(Steps.holds("password", "x")));
        all.add(
                on(OVERVIEW, "logInButton")
                        .given(form)
                        .commands(LOG_IN, session, "logInError", true));
        all.add(
                on(OVERVIEW, "password")
                        .given(form)
                        .by(KeyCode.ENTER)
                        .like("logInButton")
                        .commands(LOG_IN, session, "logInError", true));
        Step due = form.then(ShellActions::passwordDue);
        all.add(
                on(OVERVIEW, "newPassword")
                        .given(due)
                        .by("typing", Steps.type("newPassword", "another"))
                        .shows(Steps.holds("newPassword", "another")));
        all.add(
                on(OVERVIEW, "search")
                        .given(
                                place -> {
                                    // the field selects all it holds once it has the focus
                                    place.keys().press(KeyCode.F1);
                                    place.breathe();
                                })
                        .by("typing", Steps.type("search", "backend"))
                        .shows(Steps.holds("search", "backend")));
        all.add(
                on(OVERVIEW, "pages")
                        .given(place -> place.keys().press(KeyCode.F1))
                        .by("Home", place -> place.keys().tabTo("pages").press(KeyCode.HOME))
                        .shows(_ -> Keys.focusedId().equals("pages")));
        all.add(
                on(OVERVIEW, "notice-copy")
                        .given(ShellActions::trouble)
                        .by(
                                "Space",
                                place -> place.keys().tabTo("notice-copy").press(KeyCode.SPACE))
                        .shows(_ -> copied()));
        Look none = _ -> !shows("notice-dismiss");
        all.add(
                on(OVERVIEW, "notice-dismiss")
                        .given(ShellActions::trouble)
                        .by(
                                "Space",
                                place -> place.keys().tabTo("notice-dismiss").press(KeyCode.SPACE))
                        .shows(none));
        all.add(
                on(OVERVIEW, "notice-dismiss")
                        .given(ShellActions::trouble)
                        .byChord("Esc", KeyCode.ESCAPE)
                        .shows(none));
        var launch = new MuchData(NOW).launch();
        for (Screen screen : Screen.values()) {
            all.add(
                    on(screen, "rollBack")
                            .like("")
                            .byChord("Ctrl+Shift+R", KeyCode.R, KeyCode.CONTROL, KeyCode.SHIFT)
                            .commands(ROLL_BACK, launch, "outcome", true));
        }
        return all;
    }

    private static String nav(Screen screen) {
        return "nav-" + screen.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void loggedOut(Workplace place) throws Exception {
        var health = place.console().health("sandbox", "#1f6feb", false);
        place.console().stand(new LogInNeeded(health, NOW, "It has ended."));
    }

    /// Logs in as someone who must choose another password first.
    private static void passwordDue(Workplace place) throws Exception {
        var session = new Session("t", "ada", Role.ADMIN, NOW.plusSeconds(3_600), true);
        place.backend().answer(LOG_IN, 200, session);
        place.keys().tabTo("logInButton").press(KeyCode.SPACE);
        place.console().await(() -> shows("newPassword"));
    }

    private static void trouble(Workplace place) throws Exception {
        ConsoleHarness.run(
                () ->
                        place.console()
                                .wiring()
                                .context()
                                .notices()
                                .show(new Problem.Offline("The line is cut.")));
    }

    /// Lets the console look for a backend that is gone until it waits for long in between.
    private static void gone(Workplace place) throws Exception {
        place.backend().answer("GET " + Paths.HEALTH, 503, "{}");
        place.console().follow();
        place.console().await(() -> asked(place) >= ATTEMPTS);
    }

    private static Look askedAgainAtOnce() {
        long[] begun = {0, 0};
        return place -> {
            if (begun[0] == 0) {
                begun[0] = System.nanoTime();
                begun[1] = asked(place);
            }
            boolean again = asked(place) > begun[1];
            if (again && System.nanoTime() - begun[0] > AT_ONCE.toNanos()) {
                throw new AssertionError("it was not asked at once");
            }
            return again;
        };
    }

    private static long asked(Workplace place) {
        return place.backend().requests("GET", Paths.HEALTH).size();
    }

    private static boolean copied() {
        return String.valueOf(Clipboard.getSystemClipboard().getString())
                .contains("The line is cut.");
    }
}
