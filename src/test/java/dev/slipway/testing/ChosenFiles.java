package dev.slipway.testing;

import dev.slipway.console.fx.FileDialogs;

import javafx.stage.Window;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Dialogs in which a file was chosen beforehand; a window of the operating system is out of a
/// test's reach.
public final class ChosenFiles implements FileDialogs {
    private final AtomicReference<Optional<Path>> chosen = new AtomicReference<>(Optional.empty());

    public void choose(Path file) {
        chosen.set(Optional.of(file));
    }

    @Override
    public Optional<Path> save(Window owner, String name) {
        return chosen.get();
    }

    @Override
    public Optional<Path> open(Window owner, String title) {
        return chosen.get();
    }
}
