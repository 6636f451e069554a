package dev.slipway.console.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.Pause;
import dev.slipway.client.http.ProblemException;
import dev.slipway.testing.MuchData;
import dev.slipway.testing.Screens;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class HoldViewModelTest {
    private static final Hold MAIL = new MuchData(Screens.NOW).work().holds().getFirst();

    private final Screens screens = new Screens();
    private final Commands commands = new Commands();
    private final List<String> told = new ArrayList<>();
    private final HoldViewModel model =
            new HoldViewModel(
                    commands,
                    "hold.queue",
                    screens.commander,
                    told::add,
                    screens.access,
                    InstantSource.fixed(Screens.NOW),
                    screens.words);

    @Test
    void pausesForAReasonAndATime() throws Exception {
        screens.online(Role.OPERATOR);
        model.select("invoice", null);
        var asked = model.beforePause().orElseThrow();
        assertThat(asked.title()).contains("invoice");
        assertThat(asked.complete("", " ")).isFalse();

        model.pause("mail server down", HoldLength.HOUR);
        screens.answered();

        assertThat(commands.given)
                .containsExactly("pause invoice mail server down 2026-11-22T04:04:05Z");
        assertThat(told).containsExactly("invoice is paused");
    }

    @Test
    void letsOnlyWhatIsPausedGoOn() throws Exception {
        screens.online(Role.ONCALL);
        model.select("invoice", null);
        assertThat(model.resumeGate().reason().get()).contains("isn't paused");
        model.resume();
        assertThat(commands.given).isEmpty();

        model.select("mail", MAIL);
        assertThat(model.standing().get())
                .startsWith("mail: paused by oncall.ines until ")
                .endsWith("mail server down, provider ticket 4711");
        model.resume();
        screens.answered();

        assertThat(commands.given).containsExactly("resume mail");
        assertThat(told).containsExactly("mail goes on");
    }

    @Test
    void inProductionItsNameIsWanted() {
        screens.online(Role.OPERATOR, true);
        model.select("mail", null);

        assertThat(model.beforePause().orElseThrow().complete("sandbox", "why")).isFalse();
        assertThat(model.beforePause().orElseThrow().complete("shop-live", "why")).isTrue();
    }

    @Test
    void aRefusalIsShownAndItCanBeTriedAgain() throws Exception {
        screens.online(Role.OPERATOR);
        model.select("mail", null);
        commands.refused = true;
        model.pause("why", HoldLength.UNTIL_RESUMED);
        screens.answered();

        assertThat(told).isEmpty();
        assertThat(screens.problems).singleElement().extracting("detail").isEqualTo("No.");
        assertThat(model.pauseGate().open()).isTrue();
    }

    @Test
    void othersMayNotAndOfflineNobodyCan() {
        model.select("mail", MAIL);
        screens.online(Role.FINANCE);
        assertThat(model.pauseGate().reason().get()).contains("finance");
        screens.offline();
        assertThat(model.resumeGate().reason().get()).contains("can't be reached");
        assertThat(model.beforePause()).isEmpty();
        model.resume();
        assertThat(commands.given).isEmpty();
        screens.online(Role.ADMIN);
        model.select(null, null);
        assertThat(model.pauseGate().reason().get()).contains("Select a queue");
    }

    @Test
    void theMorningIsTheNextSixOClockHere() {
        var berlin = ZoneId.of("Europe/Berlin");
        assertThat(HoldLength.MORNING.until(Instant.parse("2026-11-22T03:00:00Z"), berlin))
                .isEqualTo(Instant.parse("2026-11-22T05:00:00Z"));
        assertThat(HoldLength.MORNING.until(Instant.parse("2026-11-22T05:00:00Z"), berlin))
                .isEqualTo(Instant.parse("2026-11-23T05:00:00Z"));
        // the clock goes forward in this night
        assertThat(HoldLength.MORNING.until(Instant.parse("2026-03-28T20:00:00Z"), berlin))
                .isEqualTo(Instant.parse("2026-03-29T04:00:00Z"));
        assertThat(HoldLength.UNTIL_RESUMED.until(Screens.NOW, berlin)).isNull();
    }

    private static final class Commands implements HoldCommands {
        final List<String> given = new CopyOnWriteArrayList<>();
        volatile boolean refused;

        @Override
        public void pause(String name, Pause pause) throws ProblemException {
            if (refused) {
                throw Screens.refused(409, "No.");
            }
            @Nullable Instant until = pause.until();
            given.add("pause " + name + " " + pause.reason() + " " + until);
        }

        @Override
        public void resume(String name) {
            given.add("resume " + name);
        }
    }
}
