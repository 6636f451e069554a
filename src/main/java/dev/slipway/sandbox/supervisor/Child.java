package dev.slipway.sandbox.supervisor;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// One process of the world. It holds a pipe from here as its standard input and ends with it, so
/// that it never outlives this process, however this one dies.
final class Child {
    private static final String READY = "ready ";
    private static final Duration TO_START = Duration.ofMinutes(3);
    private static final Duration TO_END = Duration.ofSeconds(10);

    private final String name;
    private final List<String> command;
    private final ChildLog log;
    private final Consumer<String> tell;
    private @Nullable Process process;
    private CompletableFuture<String> ready = new CompletableFuture<>();
    private boolean wanted;

    /// @param tell told what people should know: a death, above all
    Child(String name, List<String> command, ChildLog log, Consumer<String> tell) {
        this.name = name;
        this.command = List.copyOf(command);
        this.log = log;
        this.tell = tell;
    }

    String name() {
        return name;
    }

    synchronized boolean running() {
        return process != null && process.isAlive();
    }

    /// The process's number; 0 if it doesn't run.
    synchronized long pid() {
        return process != null && process.isAlive() ? process.pid() : 0;
    }

    /// Starts the process, unless it runs.
    synchronized void start() {
        if (running()) {
            return;
        }
        try {
            var started = new ProcessBuilder(command).redirectErrorStream(true).start();
            var answer = new CompletableFuture<String>();
            process = started;
            ready = answer;
            wanted = true;
            // a virtual thread would hold its carrier over each read from the pipe: a few of them,
            // and
            // no other virtual thread of this process would run
            Thread.ofPlatform()
                    .name(name + "-output")
                    .daemon()
                    .start(() -> listen(started, answer));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " can't be started", e);
        }
    }

    private void listen(Process started, CompletableFuture<String> answer) {
        try {
            log.keep(
                    started.inputReader(),
                    line -> {
                        if (line.startsWith(READY)) {
                            answer.complete(line.substring(READY.length()));
                        }
                    });
        } catch (IOException e) {
            tell.accept(name + "'s log can't be kept: " + e.getMessage());
        }
        ended(started, answer);
    }

    private void ended(Process started, CompletableFuture<String> answer) {
        int code = started.onExit().join().exitValue();
        answer.completeExceptionally(new IllegalStateException("exit code " + code));
        synchronized (this) {
            if (!wanted || process != started) {
                return;
            }
        }
        tell.accept(
                name
                        + " (process "
                        + started.pid()
                        + ") ended by itself with exit code "
                        + code
                        + "; see "
                        + log.file());
        log.lastLines().forEach(line -> tell.accept("  " + line));
    }

    /// Waits until the process serves.
    ///
    /// @return what it said behind `ready`
    /// @throws IllegalStateException if it ends before, or doesn't in time
    String awaitReady() throws InterruptedException {
        try {
            return answer().get(TO_START.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(name + " did not start; see " + log.file(), e);
        }
    }

    private synchronized CompletableFuture<String> answer() {
        return ready;
    }

    /// Lets the process end in good order. One that does not serve yet listens to signals only.
    void stop() {
        Process ending = unwanted();
        if (ending == null) {
            return;
        }
        try {
            ending.outputWriter().close();
        } catch (IOException e) {
            ending.destroy(); // its pipe is gone, and so is it, or soon will be
        }
        if (!answer().isDone()) {
            ending.destroy();
        }
        waitFor(ending);
    }

    /// Ends the process as a power cut would.
    void kill() {
        Process ending = unwanted();
        if (ending != null) {
            ending.destroyForcibly();
            waitFor(ending);
        }
    }

    private synchronized @Nullable Process unwanted() {
        wanted = false;
        return process;
    }

    private static void waitFor(Process ending) {
        try {
            if (!ending.waitFor(TO_END.toSeconds(), TimeUnit.SECONDS)) {
                ending.destroyForcibly().waitFor(TO_END.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            ending.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
