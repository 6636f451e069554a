package dev.slipway.backend.queues.dispatch;

/// A job's id, as the broker brought it.
///
/// @param answer tells the broker that it is dealt with (true), or to bring it again (false)
public record Delivery(String job, Answer answer) {

    /// Whoever got a delivery answers it once.
    @FunctionalInterface
    public interface Answer {
        void done(boolean dealtWith);
    }
}
