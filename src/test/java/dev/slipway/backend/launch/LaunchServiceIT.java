package dev.slipway.backend.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.launch.Launch;
import dev.slipway.api.launch.SetWeight;
import dev.slipway.backend.edge.Edge;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.store.EventLog;
import dev.slipway.backend.store.StateStore;
import dev.slipway.testing.Effects;
import dev.slipway.testing.FakeEdge;
import dev.slipway.testing.States;
import dev.slipway.testing.TestClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// Over a real state database and an edge that speaks HTTP.
@ParameterizedClass
@EnumSource(States.class)
class LaunchServiceIT {
    private final States states;

    private final TestClock clock = new TestClock(Instant.parse("2026-11-22T03:00:00Z"));
    private Traffic traffic = new Traffic(0, 0);

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private FakeEdge edge;

    @SuppressWarnings("NullAway.Init")
    private StateStore store;

    @SuppressWarnings("NullAway.Init")
    private EventLog events;

    @SuppressWarnings("NullAway.Init")
    private LaunchService launch;

    LaunchServiceIT(States states) {
        this.states = states;
    }

    @BeforeEach
    void open(@TempDir Path temp) throws IOException {
        folder = temp;
        edge = FakeEdge.start();
        begin(FakeEdge.TOKEN);
    }

    @AfterEach
    void close() {
        launch.close();
        store.close();
        edge.close();
    }

    @Test
    void threeSharesSideBySide() throws Exception {
        traffic = new Traffic(88, 12);
        Launch after =
                Effects.done(store, launch.setWeight(new SetWeight(10, 0, "first step"), "olga"));

        assertThat(edge.weight).hasValue(10);
        assertThat(after)
                .isEqualTo(
                        new Launch(
                                10,
                                10,
                                12.0,
                                100,
                                false,
                                "olga",
                                clock.instant(),
                                "first step",
                                "edge at " + edge.url(),
                                null));
        traffic = new Traffic(20, 9);
        assertThat(launch.launch().measured()).isNull();
        assertThat(launch.launch().measuredN()).isEqualTo(29);
    }

    @Test
    void whoSawAnotherShareIsRefusedAndNothingChanges() throws Exception {
        Effects.done(store, launch.setWeight(new SetWeight(10, 0, ""), "olga"));

        assertThatThrownBy(
                        () ->
                                Effects.done(
                                        store, launch.setWeight(new SetWeight(50, 0, ""), "anna")))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("10 %");
        assertThat(edge.weight).hasValue(10);
        assertThat(launch.launch().changedBy()).isEqualTo("olga");
    }

    @Test
    void whileHeldTheShareMayOnlyFall() throws Exception {
        Effects.done(store, launch.setWeight(new SetWeight(40, 0, ""), "olga"));
        Effects.done(store, launch.hold("anna", "p95 looks odd"));

        assertThatThrownBy(
                        () ->
                                Effects.done(
                                        store, launch.setWeight(new SetWeight(41, 40, ""), "olga")))
                .isInstanceOf(Refused.class);
        Effects.done(store, launch.setWeight(new SetWeight(20, 40, ""), "olga"));
        launch.rollback("olga", "");
        assertThat(edge.weight).hasValue(0);
        assertThat(launch.launch().held()).isTrue();
        Effects.done(store, launch.resume("anna", ""));
        Effects.done(store, launch.setWeight(new SetWeight(5, 0, ""), "olga"));
        assertThat(edge.weight).hasValue(5);
    }

    @Test
    void aRouterThatWasStartedAnewIsBroughtBack() throws Exception {
        Effects.done(store, launch.setWeight(new SetWeight(30, 0, ""), "olga"));
        edge.weight.set(0);
        launch.follow();

        assertThat(edge.weight).hasValue(30);
        assertThat(launch.launch().problem()).isNull();
    }

    @Test
    void aRouterThatDoesNotObeyIsNamed() throws Exception {
        edge.obeys = false;
        Launch after = Effects.done(store, launch.setWeight(new SetWeight(30, 0, ""), "olga"));

        assertThat(after.intended()).isEqualTo(30);
        assertThat(after.reported()).isZero();
        assertThat(after.problem()).contains("told 30 %", "reports 0 %");
    }

    @Test
    void aRollbackWithTheRouterAwayIsIntendedAndHoldsAsSoonAsItIsBack() throws Exception {
        Effects.done(store, launch.setWeight(new SetWeight(60, 0, ""), "olga"));
        int port = edge.port();
        edge.close();
        Launch away = launch.rollback("olga", "errors");

        assertThat(away.intended()).isZero();
        assertThat(away.reported()).isNull();
        assertThat(away.problem()).contains("does not answer");

        edge = FakeEdge.start(port);
        edge.weight.set(60);
        launch.follow();
        assertThat(edge.weight).hasValue(0);
        assertThat(launch.launch().problem()).isNull();
    }

    @Test
    void whatIsIntendedSurvivesARestart() throws Exception {
        Effects.done(store, launch.setWeight(new SetWeight(25, 0, "a quarter"), "olga"));
        Effects.done(store, launch.hold("anna", "night"));
        launch.close();
        store.close();
        begin(FakeEdge.TOKEN);

        assertThat(launch.launch().intended()).isEqualTo(25);
        assertThat(launch.launch().held()).isTrue();
        assertThat(launch.launch().changedBy()).isEqualTo("anna");
    }

    @Test
    void everyActIsToldInItsOwnTransaction() throws Exception {
        Effects.done(store, launch.setWeight(new SetWeight(10, 0, ""), "olga"));
        launch.rollback("olga", "errors");

        store.numberEvents();
        List<String> told =
                store.read(
                        handle ->
                                events.after(handle, 0, 100).stream()
                                        .filter(event -> event.kind().equals("launch"))
                                        .map(event -> String.valueOf(event.json()))
                                        .toList());
        assertThat(told).hasSizeGreaterThanOrEqualTo(2);
        assertThat(told.getLast()).contains("\"intended\":0", "\"reason\":\"errors\"");
    }

    @Test
    void aForeignTokenIsAProblemAndNoCrash() throws Exception {
        launch.close();
        store.close();
        begin("another");
        launch.follow();

        assertThat(launch.launch().reported()).isNull();
        assertThat(launch.launch().problem()).contains("401").doesNotContain("another");
    }

    @Test
    void aRollbackHoldsThoughTheStateDatabaseCannotBeWritten() throws Exception {
        Effects.done(store, launch.setWeight(new SetWeight(60, 0, ""), "olga"));
        store.writing(handle -> handle.execute("ALTER TABLE launch RENAME TO gone"));
        Launch after = launch.rollback("olga", "errors");

        assertThat(after.intended()).isZero();
        assertThat(edge.weight).hasValue(0);
        launch.follow();
        assertThat(edge.weight).hasValue(0);
    }

    private void begin(String token) {
        store = states.open(folder);
        events = new EventLog(WireJson.mapper(), clock);
        var router = new EdgeRouter(new Edge(edge.url(), token), WireJson.mapper());
        launch = new LaunchService(store, events, router, () -> traffic, clock);
    }
}
