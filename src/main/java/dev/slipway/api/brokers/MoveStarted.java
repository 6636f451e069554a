package dev.slipway.api.brokers;

/// A move that is under way as a job: its progress, its log and its end are the job's.
///
/// @param limit how many messages it goes through at most
public record MoveStarted(String jobId, long limit) {}
