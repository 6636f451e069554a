package dev.slipway.console.fx;

import javafx.stage.FileChooser;
import javafx.stage.Window;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;

/// Asks a person for a file; empty if none was chosen.
public interface FileDialogs {
    /// The dialogs of the operating system.
    FileDialogs SYSTEM =
            new FileDialogs() {
                @Override
                public Optional<Path> save(Window owner, String name) {
                    var chooser = new FileChooser();
                    chooser.setInitialFileName(name);
                    return Optional.ofNullable(chooser.showSaveDialog(owner)).map(File::toPath);
                }

                @Override
                public Optional<Path> open(Window owner, String title) {
                    var chooser = new FileChooser();
                    chooser.setTitle(title);
                    return Optional.ofNullable(chooser.showOpenDialog(owner)).map(File::toPath);
                }
            };

    /// Where to write something.
    ///
    /// @param name what the file is called unless someone says otherwise
    Optional<Path> save(Window owner, String name);

    /// A file that is there.
    Optional<Path> open(Window owner, String title);
}
