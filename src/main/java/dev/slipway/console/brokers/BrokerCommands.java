package dev.slipway.console.brokers;

import dev.slipway.api.brokers.LookAt;
import dev.slipway.api.brokers.LookedAt;
import dev.slipway.api.brokers.MoveMessages;
import dev.slipway.api.brokers.MovePreview;
import dev.slipway.api.brokers.MoveStarted;
import dev.slipway.client.BackendClient;
import dev.slipway.client.http.ProblemException;

/// What can be done at a broker. Each call blocks.
public interface BrokerCommands {
    LookedAt look(String broker, LookAt asked) throws ProblemException;

    MovePreview preview(String broker, MoveMessages asked) throws ProblemException;

    MoveStarted move(String broker, MoveMessages asked) throws ProblemException;

    /// Over HTTP.
    static BrokerCommands of(BackendClient client) {
        return new BrokerCommands() {
            @Override
            public LookedAt look(String broker, LookAt asked) throws ProblemException {
                return client.brokers().look(broker, asked);
            }

            @Override
            public MovePreview preview(String broker, MoveMessages asked) throws ProblemException {
                return client.brokers().previewMove(broker, asked);
            }

            @Override
            public MoveStarted move(String broker, MoveMessages asked) throws ProblemException {
                return client.brokers().move(broker, asked);
            }
        };
    }
}
