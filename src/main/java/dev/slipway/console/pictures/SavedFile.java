package dev.slipway.console.pictures;

import dev.slipway.client.calls.WholeFile;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.console.command.Wording;

import java.io.IOException;
import java.nio.file.Path;

/// A picture that is saved on this machine: whole under its name, or not at all.
final class SavedFile {
    private SavedFile() {}

    /// Replaces what was there, once all of it is on the disk. Blocks.
    ///
    /// @throws ProblemException if it can't be written; what was there is untouched then
    static Path write(Path to, byte[] bytes, Wording words) throws ProblemException {
        try {
            WholeFile.write(to, bytes);
            return to;
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem.NotWritten(words.say("preview.notSaved", to, e.toString())), e);
        }
    }
}
