package dev.slipway.client.calls;

import dev.slipway.api.Paths;
import dev.slipway.api.brokers.LookAt;
import dev.slipway.api.brokers.LookedAt;
import dev.slipway.api.brokers.MoveMessages;
import dev.slipway.api.brokers.MovePreview;
import dev.slipway.api.brokers.MoveStarted;
import dev.slipway.client.http.Calls;
import dev.slipway.client.http.ProblemException;

/// The messages that lie in the queues of a broker.
public final class BrokerCalls {
    private final Calls calls;

    public BrokerCalls(Calls calls) {
        this.calls = calls;
    }

    /// Takes a queue's first messages and puts them back.
    public LookedAt look(String broker, LookAt asked) throws ProblemException {
        return calls.command("POST", Paths.BROKER_LOOK, asked, LookedAt.class, broker);
    }

    public MovePreview previewMove(String broker, MoveMessages asked) throws ProblemException {
        return calls.command("POST", Paths.BROKER_MOVE_PREVIEW, asked, MovePreview.class, broker);
    }

    public MoveStarted move(String broker, MoveMessages asked) throws ProblemException {
        return calls.command("POST", Paths.BROKER_MOVES, asked, MoveStarted.class, broker);
    }
}
