package dev.slipway.backend.brokers;

import dev.slipway.api.brokers.MoveVia;

import java.util.List;

/// What a job that moves messages does.
///
/// @param fingerprints of those chosen; empty for all
/// @param limit how many lay there when it was asked for, so that those that fail again and come
///   back are not sent round and round
record MoveJob(
        String broker,
        String vhost,
        String queue,
        List<String> fingerprints,
        MoveVia via,
        int perSecond,
        long limit,
        String by) {
    static final String TYPE = "broker.move";
    static final String QUEUE = "brokers";

    MoveJob {
        fingerprints = List.copyOf(fingerprints);
    }
}
