package dev.slipway.backend.migration.throttle;

import dev.slipway.api.migration.Waiting;

/// Says whether a run may read from the source now. It is asked before each chunk and each check,
/// by several threads, and answers at once.
@FunctionalInterface
public interface Gate extends AutoCloseable {
    /// Always open.
    Gate OPEN = () -> new Word.Go();

    Word word();

    /// Another one by which a closed gate is waited for in place, if it is known when it opens. It
    /// does not close the first.
    static Gate patient(Gate gate) {
        return () ->
                switch (gate.word()) {
                    case Word.Closed(Waiting why) when why.until() != null -> new Word.Wait(why);
                    case Word word -> word;
                };
    }

    /// What to do next.
    sealed interface Word {
        /// Read.
        record Go() implements Word {}

        /// Wait where you are: it may be over soon.
        record Wait(Waiting why) implements Word {}

        /// Leave off: it is over at a time that is known and may be far.
        record Closed(Waiting why) implements Word {}
    }

    @Override
    default void close() {}
}
