package dev.slipway.api.queues;

/// What a repair does to every job that it takes.
public enum RepairAct {
    /// Back into its queue, with as many attempts as it had at first.
    RETRY,
    /// Given up.
    DISCARD,
    /// Into another queue, to be run there.
    MOVE
}
