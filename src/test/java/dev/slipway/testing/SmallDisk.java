package dev.slipway.testing;

import org.opentest4j.TestAbortedException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file system of a few megabytes in memory, which a test fills.
public final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 4_096;
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /// @throws TestAbortedException if this user may not mount one here
    public static SmallDisk mount(Path folder, int megabytes)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        String why = "this is no Linux";
        if (System.getProperty("os.name").equals("Linux")) {
            why =
                    run(
                            "mount",
                            "-t",
                            "tmpfs",
                            "-o",
                            "size=" + megabytes + "m",
                            "tmpfs",
                            "" + folder);
        }
        if (!why.isEmpty()) {
            throw new TestAbortedException("skipped: no small disk can be mounted: " + why);
        }
        return new SmallDisk(folder);
    }

    /// @return what went wrong, or empty
    private static String run(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            return process.waitFor() == 0 ? "" : said.strip() + " ";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    public Path folder() {
        return folder;
    }

    /// Leaves so many bytes free.
    public void fill(long free) throws IOException {
        var block = ByteBuffer.allocate(BLOCK);
        try (var file =
                FileChannel.open(
                        folder.resolve("filler"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE)) {
            while (Files.getFileStore(folder).getUsableSpace() > free) {
                file.write(block.clear());
            }
        }
    }

    public void makeRoom() throws IOException {
        Files.delete(folder.resolve("filler"));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        String said = run("umount", "-l", folder.toString());
        if (!said.isEmpty()) {
            throw new IOException(said);
        }
    }
}
