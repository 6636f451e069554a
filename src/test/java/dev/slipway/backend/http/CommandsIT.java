package dev.slipway.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.backend.http.AuditTrail.Act;
import dev.slipway.backend.http.Commands.Begun;
import dev.slipway.backend.http.Commands.Key;
import dev.slipway.testing.States;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Whose command it is when a server was taken for dead while it still worked.
@ParameterizedClass
@EnumSource(States.class)
class CommandsIT {
    private static final Key KEY = new Key("olga", "k1");
    private static final Act ACT = new Act("olga", "retry", "", "", 200);

    private final States states;

    CommandsIT(States states) {
        this.states = states;
    }

    @Test
    void whatIsAnotherServersByNowIsNotFinishedHere(@TempDir Path folder) {
        List<Act> audited = new ArrayList<>();
        try (var store = states.open(folder)) {
            var here = new Commands(store, (_, act) -> audited.add(act), InstantSource.system());
            var there = new Commands(store, (_, act) -> audited.add(act), InstantSource.system());
            assertThat(here.begin(KEY, "retry", "f")).isEqualTo(new Begun.Fresh());
            // the other took it for dead, gave the key free, and the client came again to it
            store.writing(handle -> handle.execute("DELETE FROM command"));
            assertThat(there.begin(KEY, "retry", "f")).isEqualTo(new Begun.Fresh());

            assertThatThrownBy(
                            () -> store.writing(h -> here.finish(h, KEY, ACT, reply("here"), true)))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(audited).isEmpty();

            store.writing(h -> there.finish(h, KEY, ACT, reply("there"), true));
            store.writing(h -> here.answered(h, KEY, reply("here")));
            var answered = (Begun.Answered) there.begin(KEY, "retry", "f");
            assertThat(new String(answered.reply().body(), StandardCharsets.UTF_8))
                    .isEqualTo("there");
        }
    }

    private static Reply reply(String body) {
        return new Reply(200, "text/plain", body.getBytes(StandardCharsets.UTF_8), Map.of());
    }
}
