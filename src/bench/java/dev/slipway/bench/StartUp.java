package dev.slipway.bench;

import dev.slipway.client.http.ProblemException;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.console.settings.Connection;
import dev.slipway.console.settings.SettingsFile;
import dev.slipway.testing.KeptData;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// From the start of the JVM to the first painted data: the console on what a long day left in its
/// store, against [EmptyWindow], both started by the same options of Java, in alternation. First
/// each with a class archive of its own that Java made at the end of an earlier start, as the main
/// command has it, then both without one. Wants a display, for example
///
///     mvn -q -Pbench test-compile
///     mvn -q dependency:build-classpath -Dmdep.outputFile=target/class-path
///     xvfb-run -s "-screen 0 1920x1080x24" java \
///         -cp "target/classes:target/test-classes:$(cat target/class-path)" \
///         dev.slipway.bench.StartUp target/slipway.jar 5
///
/// It starts the command `console`, which has arguments to parse; the main command has none.
public final class StartUp {
    /// As in `pom.xml` and `packaging/slipway`.
    private static final List<String> OPTIONS =
            List.of(
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xlog:disable",
                    "-Xlog:all=error:stderr");

    private static final Pattern PAINTED = Pattern.compile("painted (?:data )?(\\d+)");

    private final Path folder;
    private final List<String> console;
    private final List<String> empty;

    private StartUp(Path jar, Path folder) throws IOException {
        this.folder = folder;
        this.console = List.of("-jar", jar.toString(), "console", "--home", folder.toString());
        this.empty = List.of("-jar", emptyJar(jar.resolveSibling("lib")).toString());
    }

    /// @param args the built jar, its libraries in `lib` beside it; the number of rounds
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("start-up");
        keep(folder.resolve("console"));
        var bench = new StartUp(Path.of(args[0]).toAbsolutePath(), folder);
        int rounds = Integer.parseInt(args[1]);
        bench.compare("each with its class archive", rounds, true);
        bench.compare("both without an archive", rounds, false);
    }

    private static void keep(Path place) throws IOException, ProblemException {
        Files.createDirectories(place);
        var connection = new Connection("bench", URI.create("http://127.0.0.1:9"), null);
        Path file = place.resolve(connection.fileName() + ".sqlite");
        try (var store =
                OfflineStore.open(file, 500_000_000, Runnable::run, InstantSource.system())) {
            KeptData.much(store, Instant.now());
        }
        var settings = new SettingsFile(place.resolve("settings.json"));
        settings.set(settings.get().with(connection).used(connection));
    }

    /// Classes come into an archive from jars alone.
    private Path emptyJar(Path libraries) throws IOException {
        var manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, EmptyWindow.class.getName());
        main.put(new Attributes.Name("Enable-Native-Access"), "ALL-UNNAMED");
        try (Stream<Path> all = Files.list(libraries)) {
            List<String> javafx =
                    all.filter(one -> one.getFileName().toString().startsWith("javafx-"))
                            .map(one -> one.toUri().toString())
                            .toList();
            main.put(Attributes.Name.CLASS_PATH, String.join(" ", javafx));
        }
        Path jar = folder.resolve("empty.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                var packed = new JarOutputStream(out, manifest)) {
            for (String name : List.of("EmptyWindow.class", "EmptyWindow$1.class")) {
                packed.putNextEntry(new JarEntry("dev/slipway/bench/" + name));
                try (var in = EmptyWindow.class.getResourceAsStream(name)) {
                    packed.write(in.readAllBytes());
                }
            }
        }
        return jar;
    }

    private void compare(String title, int rounds, boolean archived)
            throws IOException, InterruptedException {
        var ofEmpty = new ArrayList<Long>();
        var ofConsole = new ArrayList<Long>();
        for (int round = archived ? -1 : 0; round < rounds; round++) {
            long window = painted(empty, archived ? "empty.jsa" : "");
            long data = painted(console, archived ? "console.jsa" : "");
            if (round >= 0) { // the one before made the archive
                ofEmpty.add(window);
                ofConsole.add(data);
            }
        }
        System.out.printf(
                "%s: empty window %d ms %s, console %d ms %s, ratio of the medians %.2f%n",
                title,
                median(ofEmpty),
                ofEmpty,
                median(ofConsole),
                ofConsole,
                (double) median(ofConsole) / median(ofEmpty));
    }

    private static long median(List<Long> figures) {
        return figures.stream().sorted().toList().get(figures.size() / 2);
    }

    /// What it says itself. It is ended then, as a person would end it: Java makes the archive.
    private long painted(List<String> program, String archive)
            throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        if (!archive.isEmpty()) {
            command.add("-XX:+AutoCreateSharedArchive");
            command.add("-XX:SharedArchiveFile=" + folder.resolve(archive));
        }
        command.addAll(program);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new StringBuilder();
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                Matcher found = PAINTED.matcher(line);
                if (found.find()) {
                    process.destroy();
                    process.waitFor();
                    return Long.parseLong(found.group(1));
                }
            }
        }
        throw new IOException("ended without having painted anything:\n" + said);
    }
}
