package dev.slipway.client.calls;

/// Told how far a download is; called often, on the thread that downloads.
@FunctionalInterface
public interface DownloadProgress {
    /// @return false to stop: what has arrived is thrown away
    boolean at(long done, long total);
}
