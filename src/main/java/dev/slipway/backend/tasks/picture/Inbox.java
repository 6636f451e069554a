package dev.slipway.backend.tasks.picture;

import dev.slipway.backend.http.Refused;
import dev.slipway.backend.store.Folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/// Where pictures that are sent to the backend come into the folder of product pictures: whole and
/// looked through, or not at all.
final class Inbox {
    private static final String FOLDER = "uploaded";

    /// Hidden: a run over the folder does not look there.
    private static final String DRAFTS = ".uploads";

    private static final Pattern NAME =
            Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N} ._-]{0,90}\\.(?i:jpe?g|png|gif)");

    /// A file system takes 255, and sizes are named after it.
    private static final int MOST_BYTES = 200;

    private static final Duration LEFT = Duration.ofHours(1);

    private final PictureSettings settings;
    private final InstantSource clock;

    Inbox(PictureSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /// The same picture under the same name may come again.
    ///
    /// @return its name in the folder
    /// @throws Refused 422 saying why it is not taken; 409 if another one has its name
    String put(String name, byte[] bytes) throws IOException {
        if (!NAME.matcher(name).matches() || isLong(name)) {
            throw new Refused(
                    422,
                    "not-taken",
                    "A picture's name has letters, digits, spaces, dots, dashes and underscores,"
                            + " at most 200 bytes of UTF-8, and ends in .jpg, .jpeg, .png or .gif."
                            + " Nothing was kept.",
                    List.of());
        }
        Path drafts = Files.createDirectories(settings.in().resolve(DRAFTS));
        sweep(drafts);
        Path draft = drafts.resolve(UUID.randomUUID().toString());
        try {
            write(draft, bytes);
            new Studio(settings).look(draft, name);
            keep(draft, name, bytes);
        } catch (Rejected e) {
            throw new Refused(
                    422, "not-taken", e.getMessage() + " Nothing was kept of it.", List.of());
        } finally {
            Files.deleteIfExists(draft);
        }
        return FOLDER + "/" + name;
    }

    private static boolean isLong(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES;
    }

    /// On the disk before it is linked: a power cut must not leave an empty one of its name.
    private static void write(Path draft, byte[] bytes) throws IOException {
        try (var file =
                FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                file.write(left);
            }
            file.force(true);
        }
    }

    /// A link is made in one step and replaces nothing.
    private void keep(Path draft, String name, byte[] bytes) throws IOException {
        Path kept = Files.createDirectories(settings.in().resolve(FOLDER)).resolve(name);
        try {
            Files.createLink(kept, draft);
            Folder.force(kept.resolveSibling(""));
        } catch (FileAlreadyExistsException e) {
            if (Files.size(kept) != bytes.length
                    || !Arrays.equals(Files.readAllBytes(kept), bytes)) {
                throw Refused.conflict(
                        "There is another picture of the name %s; nothing was changed. Send it"
                                        .formatted(name)
                                + " under another name.");
            }
        }
    }

    /// What was left behind by a server that died.
    private void sweep(Path drafts) throws IOException {
        try (var files = Files.list(drafts)) {
            for (Path left : files.toList()) {
                if (Files.exists(left)
                        && Files.getLastModifiedTime(left)
                                .toInstant()
                                .isBefore(clock.instant().minus(LEFT))) {
                    Files.deleteIfExists(left);
                }
            }
        }
    }
}
