package dev.slipway.console.fx;

import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.client.offline.StoreClosed;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/// Runs blocking work on named virtual threads and tells its outcome on the UI executor. The one
/// place of the console where a fault of the program is caught.
public final class Background {
    private static final System.Logger LOG = System.getLogger(Background.class.getName());

    private final Executor ui;
    private final AtomicLong count = new AtomicLong();

    public Background(Executor ui) {
        this.ui = ui;
    }

    public <T> Work<T> run(Callable<T> blocking) {
        var work = new Work<T>(ui);
        Thread.ofVirtual()
                .name("work-" + count.incrementAndGet())
                .start(() -> perform(blocking, work));
        return work;
    }

    private static <T> void perform(Callable<T> blocking, Work<T> work) {
        try {
            work.succeed(blocking.call());
        } catch (ProblemException e) {
            work.fail(e.problem());
        } catch (StoreClosed e) {
            // whoever waits for it was closed with the store
            LOG.log(Level.DEBUG, "background work ends with its store");
        } catch (Exception e) {
            LOG.log(Level.ERROR, "a fault in background work", e);
            work.fail(bug(e));
        }
    }

    /// A fault with a code that is the same for the same place.
    public static Problem.Bug bug(Throwable fault) {
        var text = new StringWriter();
        fault.printStackTrace(new PrintWriter(text));
        StackTraceElement[] trace = fault.getStackTrace();
        int place =
                trace.length == 0
                        ? 0
                        : (trace[0].getClassName() + "." + trace[0].getMethodName()).hashCode();
        String code =
                String.format(
                        Locale.ROOT,
                        "S%04X",
                        (fault.getClass().getName().hashCode() * 31 + place) & 0xffff);
        return new Problem.Bug(code, text.toString());
    }
}
