package dev.slipway.console.exports;

import dev.slipway.api.tasks.Export;
import dev.slipway.api.tasks.StartExport;
import dev.slipway.client.BackendClient;
import dev.slipway.client.calls.DownloadProgress;
import dev.slipway.client.http.ProblemException;

import java.nio.file.Path;

/// What can be done with exports. Each call blocks.
public interface ExportCommands {
    Export start(StartExport wanted) throws ProblemException;

    Export cancel(String id) throws ProblemException;

    Export delete(String id) throws ProblemException;

    /// @return false if it was stopped; nothing is left then
    boolean download(Export export, Path to, DownloadProgress progress) throws ProblemException;

    /// Over HTTP.
    static ExportCommands of(BackendClient client) {
        return new ExportCommands() {
            @Override
            public Export start(StartExport wanted) throws ProblemException {
                return client.exports().start(wanted);
            }

            @Override
            public Export cancel(String id) throws ProblemException {
                return client.exports().cancel(id, "");
            }

            @Override
            public Export delete(String id) throws ProblemException {
                return client.exports().delete(id);
            }

            @Override
            public boolean download(Export export, Path to, DownloadProgress progress)
                    throws ProblemException {
                return client.exports().download(export, to, progress);
            }
        };
    }
}
