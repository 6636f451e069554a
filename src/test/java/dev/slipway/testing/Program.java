package dev.slipway.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Programs that are installed on this machine, and the ports that they can be given.
final class Program {
    private static final List<String> USUAL =
            List.of("/usr/sbin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/sbin");

    private Program() {}

    /// @param before folders to look into before the path
    static Optional<Path> find(String name, String... before) {
        List<String> folders = new ArrayList<>(Arrays.asList(before));
        String path = System.getenv("PATH");
        if (path != null) {
            folders.addAll(List.of(path.split(File.pathSeparator, -1)));
        }
        folders.addAll(USUAL);
        return folders.stream()
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// Ports that were free a moment ago, all different.
    static int[] freePorts(int number) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            int[] ports = new int[number];
            for (int i = 0; i < number; i++) {
                var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                ports[i] = socket.getLocalPort();
            }
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException("no free ports", e);
        }
    }
}
