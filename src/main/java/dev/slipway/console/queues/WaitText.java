package dev.slipway.console.queues;

import dev.slipway.api.queues.BrokerStatus;
import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.Stop;
import dev.slipway.api.queues.TypeStatus;
import dev.slipway.api.queues.Wait;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// Why a job does not run now, in words; or who gave it up.
final class WaitText {
    private final Wording words;

    WaitText(Wording words) {
        this.words = words;
    }

    /// Empty if it runs, or has ended by itself.
    String of(
            Job job,
            List<Hold> holds,
            List<TypeStatus> types,
            @Nullable BrokerStatus broker,
            Instant now) {
        Stop stop = job.stop();
        if (stop != null) {
            String why = stop.reason().isBlank() ? words.say("wait.noReason") : stop.reason();
            return words.say(
                    job.stopping() ? "wait.stopping" : "wait.givenUp",
                    stop.by(),
                    Figures.moment(stop.at(), now),
                    why);
        }
        TypeStatus type =
                types.stream().filter(t -> t.type().equals(job.type())).findFirst().orElse(null);
        return Wait.of(job, holds, type, broker, now).map(wait -> of(wait, broker, now)).orElse("");
    }

    private String of(Wait wait, @Nullable BrokerStatus broker, Instant now) {
        return switch (wait.why()) {
            case QUEUE_PAUSED -> words.say("wait.queue", HoldText.of(wait.hold(), now, words));
            case TYPE_PAUSED -> words.say("wait.type", HoldText.of(wait.hold(), now, words));
            case LIMIT ->
                    words.say(
                            "wait.limit",
                            wait.running() == null ? Figures.UNKNOWN : wait.running(),
                            wait.most() == null ? Figures.UNKNOWN : wait.most());
            case RETRY -> words.say("wait.retry", Figures.moment(wait.until(), now));
            case LATER -> words.say("wait.later", Figures.moment(wait.until(), now));
            case BROKER ->
                    words.say(
                            "wait.broker",
                            Figures.moment(broker == null ? null : broker.since(), now));
            case WORKER -> words.say("wait.worker");
        };
    }
}
