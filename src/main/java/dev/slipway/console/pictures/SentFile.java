package dev.slipway.console.pictures;

import dev.slipway.api.tasks.Picture;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.Format;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A picture of this machine that is to be sent.
final class SentFile {
    private SentFile() {}

    static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /// Blocks.
    ///
    /// @throws ProblemException if it can't be read or is too large; nothing was sent then
    static byte[] read(Path file, Wording words) throws ProblemException {
        try {
            long size = Files.size(file);
            if (size > Picture.MOST_SENT) {
                throw notSent(
                        words.say(
                                "pictures.tooLarge",
                                name(file),
                                Format.bytes(size),
                                Format.bytes(Picture.MOST_SENT)),
                        null);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw notSent(words.say("pictures.unreadable", name(file), e.toString()), e);
        }
    }

    private static ProblemException notSent(String why, @Nullable IOException cause) {
        return new ProblemException(new Problem.NotSent(why), cause);
    }
}
