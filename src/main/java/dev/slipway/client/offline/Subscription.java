package dev.slipway.client.offline;

/// A running observation; closing it ends it, and nothing is delivered after that.
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
