package dev.slipway.api.access;

import java.time.Instant;

/// One write that someone asked for, granted or refused. Entries are never changed or deleted.
///
/// @param action method and route template, for example `POST /api/v1/launch/rollback`
/// @param subject what it was done to, for example a run's id; may be empty
/// @param status the HTTP status that answered it
/// @param hash SHA-256 over the entry and the hash before it, hexadecimal
public record AuditEntry(
        long seq,
        Instant at,
        String user,
        String action,
        String subject,
        String reason,
        int status,
        String hash) {}
