package dev.slipway.console.migration;

import dev.slipway.api.migration.Chunk;
import dev.slipway.api.migration.StepProgress;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One cell of the chunk map.
///
/// @param chunk null when nothing of it is known yet
/// @param text all that is known of it, for a tooltip and for the details
public record ChunkCell(int number, State state, @Nullable Chunk chunk, String text) {

    /// What a cell's colour says.
    public enum State {
        /// Not copied yet.
        WAITING,
        /// In the target, every row of it.
        DONE,
        /// In the target, with rows in quarantine.
        QUARANTINED
    }

    /// A cell for each chunk of a step, known or not. Chunks are numbered from 0 or from 1: as the
    /// first of them says.
    static List<ChunkCell> of(StepProgress step, List<Chunk> chunks, Wording words) {
        Map<Integer, Chunk> known = new HashMap<>();
        int first = 1;
        for (Chunk chunk : chunks) {
            if (chunk.step().equals(step.name())) {
                known.put(chunk.number(), chunk);
                first = Math.min(first, chunk.number());
            }
        }
        List<ChunkCell> cells = new ArrayList<>();
        for (int number = first; number < first + Math.max(step.chunks(), known.size()); number++) {
            boolean finished = step.chunksDone() >= step.chunks();
            cells.add(cell(number, known.get(number), finished, words));
        }
        return cells;
    }

    private static ChunkCell cell(
            int number, @Nullable Chunk chunk, boolean finished, Wording words) {
        if (chunk == null && finished) {
            return new ChunkCell(number, State.DONE, null, words.say("chunk.doneUnknown", number));
        }
        if (chunk == null || !chunk.done()) {
            String range = chunk == null ? "" : chunk.from() + " – " + chunk.to();
            return new ChunkCell(
                    number, State.WAITING, chunk, words.say("chunk.waiting", number, range));
        }
        String text =
                words.say(
                        "chunk.done",
                        number,
                        chunk.from() + " – " + chunk.to(),
                        Figures.count(chunk.read()),
                        Figures.count(chunk.written()),
                        Figures.count(chunk.merged()),
                        Figures.count(chunk.quarantined()),
                        Figures.count(chunk.skipped()),
                        chunk.checksum(),
                        Figures.rate(chunk.seconds()));
        return new ChunkCell(
                number, chunk.quarantined() > 0 ? State.QUARANTINED : State.DONE, chunk, text);
    }
}
