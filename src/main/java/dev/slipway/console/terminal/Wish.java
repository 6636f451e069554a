package dev.slipway.console.terminal;

import dev.slipway.client.BackendClient;
import dev.slipway.client.http.ProblemException;

/// What a command asks of a backend.
@FunctionalInterface
public interface Wish {
    void of(BackendClient client) throws ProblemException;
}
