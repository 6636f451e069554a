package dev.slipway.backend.migration.validation;

import dev.slipway.api.migration.Place;
import dev.slipway.api.migration.Validation;
import dev.slipway.backend.migration.ledger.Chunks;
import dev.slipway.backend.migration.ledger.Corrections;
import dev.slipway.backend.migration.ledger.Keys;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.plan.Column;
import dev.slipway.backend.migration.plan.Wins;
import dev.slipway.backend.migration.source.KeyRange;
import dev.slipway.backend.migration.source.OrderedRows;
import dev.slipway.backend.migration.source.Source;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Rows here and there are read from the source again and compared cell by cell with the target, by
/// a witness that does not use the converters. So a converter that errs turns this red, and the
/// cell is named.
final class Samples {
    private static final int ROWS = 1_000;
    private static final int LEAST_PER_CHUNK = 10;
    private static final int SHOWN = 5;
    private static final int CHUNKS_AT_ONCE = 100;

    private final String runId;
    private final Source source;
    private final Ledger ledger;
    private final Chunks chunks;
    private final SampledTarget target;

    Samples(String runId, Source source, Ledger ledger, Chunks chunks, SampledTarget target) {
        this.ledger = ledger;
        this.runId = runId;
        this.source = source;
        this.chunks = chunks;
        this.target = target;
    }

    /// @param chunkCount how many chunks the step has
    List<Validation> check(StepView step, int chunkCount) throws SQLException {
        int perChunk = Math.max(LEAST_PER_CHUNK, ROWS / Math.max(1, chunkCount));
        int stride = Math.max(1, chunkCount * perChunk / (ROWS * 2));
        List<Place> wrong = new ArrayList<>();
        Corrections corrections = Corrections.resolved(ledger, runId, step.name());
        int compared = 0;
        try (var rows = new OrderedRows(source)) {
            for (int from = 1; ; from += CHUNKS_AT_ONCE) {
                var done = chunks.done(runId, step.name(), from, CHUNKS_AT_ONCE);
                for (Chunks.Done chunk : done) {
                    if (chunk.number() % stride == 0 || stride == 1) {
                        compared += compare(step, rows, chunk, perChunk, corrections, wrong);
                    }
                }
                if (done.size() < CHUNKS_AT_ONCE) {
                    break;
                }
            }
        }
        return List.of(validation(step, compared, wrong));
    }

    /// @return how many rows were compared
    private int compare(
            StepView step,
            OrderedRows source,
            Chunks.Done chunk,
            int most,
            Corrections corrections,
            List<Place> wrong)
            throws SQLException {
        KeyRange range = middle(step, chunk, most);
        int limit = most;
        if (step.reading().scanned()) {
            List<String> high = ledger.step(runId, step.name()).orElseThrow().high();
            range = new KeyRange(range.after(), high);
            limit = (int) Math.min(most, chunk.counts().read());
        }
        List<@Nullable String[]> rows = source.read(step.reading(), range, limit);
        List<String> repeats = step.step().repeats();
        boolean looksBack = !repeats.isEmpty() && !range.after().isEmpty();
        @Nullable String @Nullable [] before =
                looksBack ? source.last(step.reading(), range.after()) : null;
        var refused =
                target.refused(step, rows.stream().map(r -> Keys.shown(step.key(r))).toList());
        target.expect(step, rows);
        for (@Nullable String[] row : rows) {
            boolean repeated =
                    !repeats.isEmpty()
                            && before != null
                            && step.values(row, repeats).equals(step.values(before, repeats));
            if (!repeated) {
                String key = Keys.shown(step.key(row));
                @Nullable String[] counts = corrections.over(key, step.reading(), row);
                var found = refused.get(key);
                compare(
                        step,
                        key,
                        counts,
                        found == null ? target.find(step, counts, key) : found,
                        wrong);
            }
            before = row;
        }
        return rows.size();
    }

    /// Not always a chunk's first rows: somewhere in it, but for each run at the same place.
    private KeyRange middle(StepView step, Chunks.Done chunk, int limit) {
        KeyRange range = chunk.range();
        boolean number =
                chunk.first().size() == 1
                        && chunk.first().getFirst().matches("\\d{1,18}")
                        && range.to().size() == 1
                        && range.to().getFirst().matches("\\d{1,18}");
        if (!number || !step.integerKey()) {
            return range;
        }
        long first = Long.parseLong(chunk.first().getFirst());
        long room = Long.parseLong(range.to().getFirst()) - first - limit;
        long skip = room <= 0 ? 0 : Math.floorMod(runId.hashCode() * 31L + chunk.number(), room);
        return new KeyRange(List.of(Long.toString(first + skip - 1)), range.to());
    }

    private void compare(
            StepView step, String key, @Nullable String[] row, Found found, List<Place> wrong)
            throws SQLException {
        String table = step.table().name();
        switch (found) {
            case Found.Elsewhere _ -> {}
            case Found.Refused refused -> {
                if (!refused.byTarget() && !step.skips(row) && why(step, row).isEmpty()) {
                    wrong.add(
                            Place.row(
                                    table,
                                    "",
                                    key,
                                    "%s: was refused by '%s', but can be converted"
                                            .formatted(refused.column(), refused.rule())));
                }
            }
            case Found.Absent _ -> {
                if (!step.skips(row) && why(step, row).isEmpty() && !target.lookupMay(step, row)) {
                    wrong.add(Place.row(table, "", key, "is not there"));
                }
            }
            case Found.Row there -> cells(step, row, there.values(), key, wrong);
        }
    }

    /// Why the witness holds that a row is not written; empty if it should be.
    private static String why(StepView step, @Nullable String[] row) {
        for (Column column : step.step().columns()) {
            if (Witness.of(column, step.values(row, column.from()))
                    instanceof Witness.Word.NotWritten not) {
                return not.why();
            }
        }
        return "";
    }

    private void cells(
            StepView step,
            @Nullable String[] row,
            List<@Nullable Object> values,
            String key,
            List<Place> wrong)
            throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            Column column = step.step().columns().get(i);
            // a value that other rows may have changed is not this row's to tell
            Witness.Word word =
                    column.wins() == Wins.FIRST
                            ? target.witness(step, column, row)
                            : new Witness.Word.Silent();
            Object stands = values.get(i);
            switch (word) {
                case Witness.Word.Silent _ -> {}
                case Witness.Word.NotWritten not ->
                        wrong.add(
                                Place.row(
                                        step.table().name(),
                                        "",
                                        key,
                                        "stands there, but " + not.why()));
                case Witness.Word.Holds holds -> {
                    String wanted = Cell.text(column, holds.value());
                    String is = Cell.text(column, stands);
                    if (!wanted.equals(is)) {
                        wrong.add(
                                new Place(step.table().name(), "", key, column.name(), is, wanted));
                    }
                }
            }
        }
    }

    private Validation validation(StepView step, int compared, List<Place> wrong) {
        boolean passed = wrong.isEmpty();
        var all =
                new Validation(
                        runId,
                        step.name(),
                        "sampled rows",
                        passed,
                        compared + " rows read again",
                        passed ? "all as expected" : wrong.size() + " differ",
                        null);
        return passed ? all : all.at(wrong.subList(0, Math.min(SHOWN, wrong.size())));
    }
}
