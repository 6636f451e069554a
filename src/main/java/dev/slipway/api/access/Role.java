package dev.slipway.api.access;

/// What a user may do. Each route names the roles that may call it; `ADMIN` may call all.
public enum Role {
    /// Sees everything, changes nothing.
    VIEWER,
    /// Runs migrations, repairs queues.
    OPERATOR,
    /// Runs, releases and resends invoices.
    FINANCE,
    /// Moves traffic, holds, rolls back, repairs queues.
    ONCALL,
    /// All of it, and the users.
    ADMIN
}
