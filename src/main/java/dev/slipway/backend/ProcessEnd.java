package dev.slipway.backend;

import sun.misc.Signal;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/// How a process of the backend comes to its end: asked by SIGTERM, by Ctrl-C, or by the end of its
/// standard input, it gives back what it holds and ends with 0; whoever waits for it sees that all
/// was well.
public final class ProcessEnd {
    private ProcessEnd() {}

    /// Says that the process is ready and waits until it is asked to end. Whoever reads the line
    /// may ask at once.
    ///
    /// @param withParent whether the end of standard input is the end of the process
    /// @param end what to do then, whichever way it comes; called once, while the process exits
    public static void await(String ready, boolean withParent, Runnable end)
            throws IOException, InterruptedException {
        var asked = new CountDownLatch(1);
        // the defaults would end the process with 143 or 130 although nothing failed
        Signal.handle(new Signal("TERM"), _ -> asked.countDown());
        Signal.handle(new Signal("INT"), _ -> asked.countDown());
        Runtime.getRuntime().addShutdownHook(new Thread(end, "end"));
        System.out.println(ready);
        System.out.flush();
        if (withParent) {
            Thread.ofVirtual().name("parent").start(() -> untilInputEnds(asked));
        }
        asked.await();
    }

    private static void untilInputEnds(CountDownLatch asked) {
        byte[] ignored = new byte[1024];
        try {
            while (System.in.read(ignored) >= 0) {
                // only the end matters
            }
        } catch (IOException e) {
            // a parent that can't be heard is gone as well
        } finally {
            asked.countDown();
        }
    }
}
