package dev.slipway.sandbox.supervisor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How a `slipway` command becomes a process: the same Java, the same class path, a small heap.
///
/// @param mainClass the one entry point
record Launcher(String mainClass, Home home) {

    List<String> line(int heapMegabytes, List<String> command) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("--enable-native-access=ALL-UNNAMED");
        line.add("-Xmx" + heapMegabytes + "m");
        line.add("-XX:+UseSerialGC");
        line.add("-classpath");
        line.add(System.getProperty("java.class.path"));
        line.add(mainClass);
        line.addAll(command);
        line.add("--home");
        line.add(home.folder().toString());
        line.add("--config");
        line.add(home.configuration().toString());
        line.add("--with-parent");
        return line;
    }
}
