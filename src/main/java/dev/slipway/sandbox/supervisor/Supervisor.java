package dev.slipway.sandbox.supervisor;

import dev.slipway.sandbox.generate.LegacyDatabase;
import dev.slipway.sandbox.generate.Size;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Makes the world, starts it, does what standard input says, and ends it all when that ends. The
/// one line on standard output says that all is ready; everything else goes to standard error.
public final class Supervisor {
    private static final String END = "";

    private final Home home;
    private final String mainClass;
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private volatile boolean up;

    /// @param mainClass the one entry point, started again for each process
    public Supervisor(Path home, String mainClass) {
        this.home = new Home(home);
        this.mainClass = mainClass;
    }

    /// Runs the world to its end.
    ///
    /// @param backendPort where the backend serves; any free port if empty
    /// @return the exit code
    public int run(long seed, Size size, Optional<Double> perSecond, OptionalInt backendPort)
            throws InterruptedException {
        BlockingQueue<String> commands = listen();
        LegacyDatabase.ensure(home.legacyDatabase(), seed, size, this::tell);
        var ports = Home.Ports.free(backendPort);
        home.writeConfiguration(ports, seed, size, perSecond);
        home.ensureTokens();
        home.copyPlans();
        var world = new World(home, ports, new Launcher(mainClass, home), this::tell);
        // a signal ends the children in good order; if even that fails, their pipes end them
        Runtime.getRuntime().addShutdownHook(new Thread(world::close, "end"));
        try {
            world.start();
        } catch (IllegalStateException e) {
            tell(String.valueOf(e.getMessage()));
            world.close();
            return 1;
        }
        up = true;
        out.println("ready " + world.description());
        out.flush();
        obey(world, commands);
        world.close();
        return 0;
    }

    private void obey(World world, BlockingQueue<String> commands) throws InterruptedException {
        for (String line = commands.take(); !line.equals(END); line = commands.take()) {
            try {
                tell(world.command(line));
            } catch (IllegalStateException e) {
                tell(String.valueOf(e.getMessage()));
            }
        }
    }

    /// Reads on while the world starts, so that the parent's end is noticed then too, and is the
    /// end at once.
    private BlockingQueue<String> listen() {
        BlockingQueue<String> commands = new LinkedBlockingQueue<>();
        Thread.ofPlatform()
                .name("commands")
                .daemon()
                .start(
                        () -> {
                            var lines =
                                    new BufferedReader(
                                            new InputStreamReader(
                                                    System.in, StandardCharsets.UTF_8));
                            try {
                                lines.lines()
                                        .filter(line -> !line.isBlank())
                                        .forEach(commands::add);
                                lines.close();
                            } catch (IOException | java.io.UncheckedIOException e) {
                                // a broken pipe is an end too
                            }
                            commands.add(END);
                            if (!up) {
                                System.exit(1);
                            }
                        });
        return commands;
    }

    private void tell(String line) {
        err.println(line);
        err.flush();
    }
}
