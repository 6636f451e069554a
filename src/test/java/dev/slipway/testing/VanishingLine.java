package dev.slipway.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A line to a server that can vanish as a host does whose cable was pulled: what was connected
/// gets no answer any more and is not closed either.
public final class VanishingLine implements AutoCloseable {
    private final int to;
    private final ServerSocket door;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final Set<Socket> gone = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// @param to the server's port on this host
    public VanishingLine(int to) throws IOException {
        this.to = to;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.submit(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /// Whoever is connected hears nothing more; whoever comes later is let through.
    public void vanish() {
        gone.addAll(open);
    }

    /// As [#vanish], for the one that connected last.
    public void vanishLast() {
        gone.add(open.getLast());
    }

    private Void accept() throws IOException {
        while (true) {
            Socket client = door.accept();
            var server = new Socket(InetAddress.getLoopbackAddress(), to);
            open.add(client);
            threads.submit(() -> pass(client, server, client));
            threads.submit(() -> pass(server, client, client));
        }
    }

    private Void pass(Socket from, Socket onTo, Socket client) throws IOException {
        byte[] some = new byte[8192];
        try {
            for (int n = from.getInputStream().read(some);
                    n >= 0;
                    n = from.getInputStream().read(some)) {
                if (!gone.contains(client)) {
                    onTo.getOutputStream().write(some, 0, n);
                }
            }
        } finally {
            if (!gone.contains(client)) {
                open.remove(client);
                onTo.close();
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
