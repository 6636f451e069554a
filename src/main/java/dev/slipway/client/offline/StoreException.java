package dev.slipway.client.offline;

import org.jspecify.annotations.Nullable;

/// The offline store's file can't be read or written: a full disk, a lost folder.
public sealed class StoreException extends RuntimeException permits StoreClosed {
    private static final long serialVersionUID = 1;

    StoreException(String message, @Nullable Throwable cause) {
        super(message + (cause == null ? "" : ": " + cause.getMessage()), cause);
    }
}
