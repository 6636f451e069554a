package dev.slipway.client.calls;

import dev.slipway.api.Page;
import dev.slipway.api.Paths;
import dev.slipway.api.Reason;
import dev.slipway.api.tasks.Export;
import dev.slipway.api.tasks.StartExport;
import dev.slipway.client.http.Calls;
import dev.slipway.client.http.ProblemException;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/// Files that are made of what the backend knows, and their download.
public final class ExportCalls {
    private final Calls calls;

    public ExportCalls(Calls calls) {
        this.calls = calls;
    }

    public Page<Export> all(@Nullable String cursor) throws ProblemException {
        return calls.page(calls.url(Paths.EXPORTS), cursor, Export.class);
    }

    public Export one(String id) throws ProblemException {
        return calls.one(Paths.EXPORT, Export.class, id);
    }

    public Export start(StartExport wanted) throws ProblemException {
        return calls.command("POST", Paths.EXPORTS, wanted, Export.class);
    }

    public Export cancel(String id, String reason) throws ProblemException {
        return calls.command("POST", Paths.EXPORT_CANCEL, new Reason(reason), Export.class, id);
    }

    public Export delete(String id) throws ProblemException {
        return calls.command("DELETE", Paths.EXPORT, null, Export.class, id);
    }

    /// Downloads a ready export to a file, which stands there only when it is whole and its
    /// checksum was found to be right. One that broke off before goes on where it did.
    ///
    /// @return false if it was stopped; nothing is left then
    public boolean download(Export export, Path to, DownloadProgress progress)
            throws ProblemException {
        var url = calls.url(Paths.EXPORT_FILE, export.id()).build();
        return new FileDownload(calls, url, export, to, progress).run();
    }
}
