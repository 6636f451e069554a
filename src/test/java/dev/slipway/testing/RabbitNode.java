package dev.slipway.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The processes of one private RabbitMQ node: the node, and the port mapper that Erlang wants,
/// both on loopback alone.
final class RabbitNode implements AutoCloseable {
    private static final String SERVER = "rabbitmq-server";

    private final Path program;
    private final Path mapper;
    private final Path folder;
    private final int[] ports = Program.freePorts(4);
    private Process epmd;
    private Process broker;

    private RabbitNode(Path program, Path mapper, Path folder) throws IOException {
        this.program = program;
        this.mapper = mapper;
        this.folder = folder;
        configure();
        this.epmd = mapper();
        this.broker = broker();
    }

    /// @throws org.opentest4j.TestAbortedException if it is not installed
    static Path program() {
        // the one on Debian's path only starts the system's own node
        return Program.find(SERVER, "/usr/lib/rabbitmq/bin")
                .orElseThrow(() -> Missing.skip("no RabbitMQ: " + SERVER + " is not installed"));
    }

    static RabbitNode launch(Path folder) {
        Path program = program();
        Path mapper =
                Program.find("epmd")
                        .orElseThrow(() -> Missing.skip("no RabbitMQ: there is no epmd"));
        try {
            return new RabbitNode(program, mapper, folder.toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException("can't start RabbitMQ in " + folder, e);
        }
    }

    private void configure() throws IOException {
        Files.createDirectories(folder.resolve("mnesia"));
        Files.writeString(folder.resolve("enabled_plugins"), "[rabbitmq_management].\n");
        Files.writeString(
                folder.resolve("rabbitmq.conf"),
                """
                listeners.tcp.1 = 127.0.0.1:%d
                management.tcp.ip = 127.0.0.1
                management.tcp.port = %d
                collect_statistics_interval = 500
                log.file = false
                log.console = true
                log.console.level = warning
                vm_memory_high_watermark.absolute = 512MB
                disk_free_limit.absolute = 1MB
                """
                        .formatted(ports[0], ports[1]));
    }

    private Process mapper() throws IOException {
        return start(
                new ProcessBuilder(
                        mapper.toString(),
                        "-port",
                        Integer.toString(ports[3]),
                        "-address",
                        "127.0.0.1"),
                "epmd.log");
    }

    private Process broker() throws IOException {
        var builder = new ProcessBuilder(List.of(program.toString())).directory(folder.toFile());
        builder.environment()
                .putAll(
                        Map.ofEntries(
                                Map.entry("HOME", folder.toString()),
                                Map.entry("RABBITMQ_NODENAME", "t" + ports[0] + "@localhost"),
                                Map.entry("RABBITMQ_MNESIA_BASE", folder + "/mnesia"),
                                Map.entry("RABBITMQ_LOG_BASE", folder + "/log"),
                                Map.entry(
                                        "RABBITMQ_ENABLED_PLUGINS_FILE",
                                        folder + "/enabled_plugins"),
                                Map.entry("RABBITMQ_CONFIG_FILE", folder + "/rabbitmq"),
                                Map.entry("RABBITMQ_CONF_ENV_FILE", folder + "/none"),
                                Map.entry("RABBITMQ_PID_FILE", folder + "/pid"),
                                Map.entry("RABBITMQ_DIST_PORT", Integer.toString(ports[2])),
                                Map.entry("ERL_EPMD_PORT", Integer.toString(ports[3])),
                                Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                                Map.entry(
                                        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
                                        "-kernel inet_dist_use_interface {127,0,0,1}"
                                                + " +sbwt none +sbwtdcpu none +sbwtdio none"),
                                // the script becomes the node instead of waiting for it
                                Map.entry("RUNNING_UNDER_SYSTEMD", "true")));
        return start(builder, "rabbitmq.log");
    }

    private Process start(ProcessBuilder builder, String log) throws IOException {
        Process started =
                builder.redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(folder.resolve(log).toFile()))
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(started)));
        return started;
    }

    private static void end(Process process) {
        List<ProcessHandle> helpers = process.descendants().toList();
        process.destroyForcibly();
        helpers.forEach(ProcessHandle::destroyForcibly);
    }

    URI amqp() {
        return URI.create("amqp://127.0.0.1:" + ports[0]);
    }

    URI management() {
        return URI.create("http://127.0.0.1:" + ports[1]);
    }

    Path log() {
        return folder.resolve("rabbitmq.log");
    }

    boolean isAlive() {
        return broker.isAlive();
    }

    /// Ends it at once; but not before its tables of quorum queues are on disk. RabbitMQ writes
    /// those with a delay: a queue made in the last second before a crash has no leader afterwards.
    void kill() {
        if (broker.isAlive()) {
            Eventually.eventually("RabbitMQ's tables are on disk", () -> saved() || !isAlive());
        }
        crash();
    }

    private boolean saved() {
        try (var files = Files.walk(folder.resolve("mnesia"))) {
            return files.filter(file -> file.toString().endsWith("names.dets"))
                    .allMatch(RabbitNode::saved);
        } catch (IOException | UncheckedIOException e) {
            // it makes and removes files meanwhile
            return false;
        }
    }

    /// The third word of a table's file: 1 when all of it is there.
    private static boolean saved(Path table) {
        try (var in = new DataInputStream(Files.newInputStream(table))) {
            in.skipNBytes(8);
            return in.readInt() == 1;
        } catch (IOException e) {
            return false;
        }
    }

    private void crash() {
        try {
            end(broker);
            broker.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void startAgain() {
        try {
            broker = broker();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        crash();
        end(epmd);
    }
}
