package dev.slipway.api.brokers;

/// Which messages to look at: the first of a queue.
///
/// @param count 1 to 200
/// @param despiteLimit look although the queue counts it towards its delivery limit
public record LookAt(String vhost, String queue, int count, boolean despiteLimit) {}
