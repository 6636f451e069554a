package dev.slipway.backend.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.events.Kind;
import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.store.EventLog;
import dev.slipway.testing.States;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.InstantSource;

/// What a server does about events that another one forgot before this one read them.
@ParameterizedClass
@EnumSource(States.class)
class LiveStreamIT {
    private final States states;

    LiveStreamIT(States states) {
        this.states = states;
    }

    @Test
    void whoMissedEventsThatAreGoneIsDroppedAndOthersAreNot(@TempDir Path home) {
        var log = new EventLog(WireJson.mapper(), InstantSource.system());
        try (var store = states.open(home);
                var stream = new LiveStream(store, log, WireJson.mapper())) {
            Thread reader = Thread.ofVirtual().unstarted(() -> {});
            long seen = stream.join(new Listener(reader));
            store.writing(h -> log.publish(h, Kind.AUDIT, "told", null));
            stream.tail();
            assertThat(stream.listeners()).isEqualTo(1);

            store.writing(h -> log.publish(h, Kind.AUDIT, "never told", null));
            store.numberEvents();
            store.writing(
                    h -> {
                        h.execute(
                                "UPDATE event_log SET pruned_through = (SELECT max(seq) FROM event)");
                        h.execute("DELETE FROM event");
                    });
            stream.tail();

            assertThat(stream.listeners()).isZero();
            // which is told as a reset
            assertThat(stream.after(seen + 1)).isNull();
            long now = stream.join(new Listener(reader));
            assertThat(now).isEqualTo(stream.position().last());
            store.writing(h -> log.publish(h, Kind.AUDIT, "after", null));
            stream.tail();
            assertThat(stream.listeners()).isEqualTo(1);
        }
    }
}
