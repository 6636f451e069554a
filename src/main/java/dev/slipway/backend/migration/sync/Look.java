package dev.slipway.backend.migration.sync;

import dev.slipway.backend.migration.ledger.Keys;
import dev.slipway.backend.migration.ledger.SyncProgress.Whole;
import dev.slipway.backend.migration.source.KeyRange;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a step whole, a page at a time: first what the source holds, then back what only the
/// target still knows of.
final class Look {
    private static final int PAGE = 1_000;

    /// Where what is known of a step's rows stands, in the order in which it is gone through.
    private enum Known {
        ROWS,
        ORIGINS,
        MEMBERS,
        QUARANTINE
    }

    private final StepSync step;
    private int read;

    Look(StepSync step) {
        this.step = step;
    }

    /// Brings the next page over.
    ///
    /// @return how far it now is; empty if it is at its end
    Optional<Whole> page(Whole whole, Batch batch) throws SQLException {
        return whole.back() ? back(whole, batch) : forward(whole, batch);
    }

    /// How many rows of the source it looked for.
    int read() {
        return read;
    }

    private Optional<Whole> forward(Whole whole, Batch batch) throws SQLException {
        var reading = step.step.reading();
        var range = new KeyRange(whole.after(), List.of());
        List<@Nullable String[]> rows = step.source.read(reading, range, PAGE);
        read += rows.size();
        if (!rows.isEmpty()) {
            @Nullable String @Nullable [] before =
                    step.repeats() && !whole.after().isEmpty()
                            ? step.source.previous(reading, step.step.key(rows.getFirst()))
                            : null;
            batch.apply(step, new Units.Page(rows, before));
        }
        return rows.size() < PAGE
                ? Optional.of(new Whole(step.name, true, List.of(Known.ROWS.name(), "")))
                : Optional.of(new Whole(step.name, false, step.step.key(rows.getLast())));
    }

    private Optional<Whole> back(Whole whole, Batch batch) throws SQLException {
        Known known = Known.valueOf(whole.after().getFirst());
        String after = whole.after().getLast();
        List<String> page = page(known, after, batch);
        if (page.size() == PAGE) {
            return Optional.of(new Whole(step.name, true, List.of(known.name(), page.getLast())));
        }
        if (known == Known.QUARANTINE) {
            step.matchKeys.dropUnowned(step.name);
            return Optional.empty();
        }
        String next = Known.values()[known.ordinal() + 1].name();
        return Optional.of(new Whole(step.name, true, List.of(next, "")));
    }

    private List<String> page(Known known, String after, Batch batch) throws SQLException {
        switch (known) {
            case ROWS -> {
                List<String> targets = step.rows.page(after, PAGE);
                if (step.keysTell()) {
                    gone(targets.stream().map(List::of).toList(), batch);
                } else {
                    // a row that no source row stands behind is left over from before
                    var orphans = new HashSet<>(targets);
                    orphans.removeAll(step.origins.behind(targets).keySet());
                    batch.takeOut(step, orphans);
                    if (!orphans.isEmpty()) {
                        batch.changed(step);
                        batch.run();
                    }
                }
                return targets;
            }
            case ORIGINS -> {
                List<String> keys = step.origins.page(after, PAGE);
                gone(keys.stream().map(Keys::read).toList(), batch);
                return keys;
            }
            case MEMBERS -> {
                List<String> keys = step.members.page(after, PAGE);
                gone(keys.stream().map(Keys::read).toList(), batch);
                return keys;
            }
            case QUARANTINE -> {
                Map<String, List<String>> keys = new LinkedHashMap<>();
                for (var row : step.quarantine.page(after, PAGE).entrySet()) {
                    keys.put(row.getKey(), step.key(row.getValue()));
                }
                gone(keys.values(), batch);
                return new ArrayList<>(keys.keySet());
            }
        }
        throw new IllegalStateException(known.name());
    }

    /// Brings over rows that the source has no more.
    private void gone(Collection<List<String>> keys, Batch batch) throws SQLException {
        if (keys.isEmpty()) {
            return;
        }
        read += keys.size();
        var gone = new HashSet<>(keys);
        step.source.ordered(step.step.reading(), List.copyOf(keys)).forEach(gone::remove);
        batch.want(step.name, gone);
        batch.run();
    }
}
