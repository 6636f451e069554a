package dev.slipway.backend.http;

import org.jdbi.v3.core.Handle;

/// Takes note of every write that someone asked for.
@FunctionalInterface
public interface AuditTrail {
    /// Appends one act.
    ///
    /// @param handle inside the transaction that records what became of it
    void append(Handle handle, Act act);

    /// @param user who asked, or empty if no one was logged in
    /// @param action method and route template
    /// @param subject what it was done to; may be empty
    /// @param reason what the asker gave; may be empty
    /// @param status the HTTP status that answers it, or 0 if that was never known
    record Act(String user, String action, String subject, String reason, int status) {}
}
