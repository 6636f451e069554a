package dev.slipway.backend.migration.sync;

import dev.slipway.backend.migration.engine.Mapping;
import dev.slipway.backend.migration.engine.Refusal;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A source row that is brought over, from what stands in the source to what becomes of it.
final class Unit {
    /// What becomes of it.
    enum State {
        /// It is not in the source.
        ABSENT,
        /// The plan leaves it out.
        SKIPPED,
        /// Another row stands for it.
        MERGED,
        /// It goes to quarantine.
        REFUSED,
        /// It stands in the target.
        WRITTEN
    }

    final List<String> key;
    final Mapping.@Nullable Made made;
    State state;
    @Nullable Refusal refusal;
    @Nullable String target;

    Unit(List<String> key, Mapping.@Nullable Made made) {
        this.key = key;
        this.made = made;
        this.state = made == null ? State.ABSENT : made.skipped() ? State.SKIPPED : State.MERGED;
    }

    /// Whether it is there and the plan does not leave it out.
    boolean counts() {
        return made != null && !made.skipped();
    }

    void refuse(Refusal why) {
        refusal = why;
        state = why.leftOut() ? State.SKIPPED : State.REFUSED;
        target = null;
    }

    void write() {
        state = State.WRITTEN;
    }

    Mapping.Made there() {
        if (made == null) {
            throw new IllegalStateException(key + " is not in the source");
        }
        return made;
    }

    @Nullable String natural(String match) {
        return counts() ? there().naturals().get(match) : null;
    }
}
