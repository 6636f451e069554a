package dev.slipway.backend.invoicing.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// An SMTP server that answers each command as it is told, or hangs up instead.
public final class FakeSmtp implements AutoCloseable {
    /// Instead of an answer: hang up.
    public static final String HANG_UP = "";

    private final ServerSocket server;
    private final Map<String, String> answers;
    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicInteger dialogues = new AtomicInteger();

    /// @param answers by command (`MAIL`, `RCPT`, `DATA`, `.` for the end of a message); others are
    ///   welcome
    public FakeSmtp(Map<String, String> answers) {
        this.answers = Map.copyOf(answers);
        try {
            server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /// Messages that came in whole, whatever was answered.
    public int messages() {
        return messages.get();
    }

    public int dialogues() {
        return dialogues.get();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                dialogues.incrementAndGet();
                talk(socket);
            } catch (SocketException _) {
                // closed, or the client went away
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void talk(Socket socket) throws IOException {
        var in =
                new BufferedReader(
                        new InputStreamReader(
                                socket.getInputStream(), StandardCharsets.ISO_8859_1));
        OutputStream out = socket.getOutputStream();
        say(out, "220 fake");
        boolean data = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (data && !line.equals(".")) {
                continue;
            }
            String command = line.split("[ :]")[0];
            if (data) {
                messages.incrementAndGet();
            }
            data = command.equals("DATA");
            String answer = answers.getOrDefault(command, data ? "354 go on" : "250 fine");
            if (answer.equals(HANG_UP)) {
                return;
            }
            say(out, answer);
            data &= answer.startsWith("354");
        }
    }

    private static void say(OutputStream out, String answer) throws IOException {
        out.write((answer + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }
}
