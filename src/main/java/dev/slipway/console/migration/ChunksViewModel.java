package dev.slipway.console.migration;

import dev.slipway.api.migration.Chunk;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Rows;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The chunk map of one step.
public final class ChunksViewModel {
    private final Wording words;
    private final ObservableList<ChunkCell> cells = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable ChunkCell> selected =
            new SimpleObjectProperty<>(this, "selected", null);
    private final ReadOnlyStringWrapper details = new ReadOnlyStringWrapper(this, "details", "");
    private List<Chunk> chunks = List.of();
    private @Nullable StepRow step;

    public ChunksViewModel(Wording words) {
        this.words = words;
        selected.addListener((_, _, cell) -> details.set(cell == null ? "" : cell.text()));
    }

    public void show(LoadState<List<Chunk>> fresh) {
        chunks = fresh.value().orElse(List.of());
        draw();
    }

    public void showStep(@Nullable StepRow of) {
        if (step != null && (of == null || !of.step().name().equals(step.step().name()))) {
            selected.set(null);
        }
        step = of;
        draw();
    }

    private void draw() {
        List<ChunkCell> fresh = step == null ? List.of() : ChunkCell.of(step.step(), chunks, words);
        Rows.show(cells, fresh, ChunkCell::number);
        ChunkCell before = selected.get();
        if (before != null) {
            selected.set(
                    fresh.stream()
                            .filter(cell -> cell.number() == before.number())
                            .findFirst()
                            .orElse(null));
        }
    }

    public ObservableList<ChunkCell> cells() {
        return cells;
    }

    public ObjectProperty<@Nullable ChunkCell> selected() {
        return selected;
    }

    /// What is known of the selected chunk.
    public ReadOnlyStringProperty details() {
        return details.getReadOnlyProperty();
    }
}
