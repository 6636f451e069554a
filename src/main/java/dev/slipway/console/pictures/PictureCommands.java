package dev.slipway.console.pictures;

import dev.slipway.api.tasks.PictureRun;
import dev.slipway.client.BackendClient;
import dev.slipway.client.http.ProblemException;

/// What can be done with product pictures. Each call blocks.
public interface PictureCommands {
    /// Goes through the backend's folder.
    PictureRun start() throws ProblemException;

    /// Sends one picture.
    PictureRun upload(String name, byte[] bytes) throws ProblemException;

    PictureRun cancel(String runId) throws ProblemException;

    /// Over HTTP.
    static PictureCommands of(BackendClient client) {
        return new PictureCommands() {
            @Override
            public PictureRun start() throws ProblemException {
                return client.pictures().start("");
            }

            @Override
            public PictureRun upload(String name, byte[] bytes) throws ProblemException {
                return client.pictures().send(name, bytes);
            }

            @Override
            public PictureRun cancel(String runId) throws ProblemException {
                return client.pictures().cancel(runId, "");
            }
        };
    }
}
