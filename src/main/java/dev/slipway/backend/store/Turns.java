package dev.slipway.backend.store;

/// Who of several processes on one state database does what one must do for all.
public interface Turns extends AutoCloseable {
    /// For a database that one server has to itself.
    Turns ALONE =
            new Turns() {
                @Override
                public boolean mine(String task) {
                    return true;
                }

                @Override
                public boolean held(String task) {
                    return false;
                }

                @Override
                public void close() {
                    // nothing is held
                }
            };

    /// Takes a task, or keeps it: true for one process at a time, which has it until it ends or its
    /// connection to the database breaks. Then the next that asks gets it. The one that had it may
    /// believe for a moment more that it still has: a task must bear that two do it at once, it
    /// only must not be done twice all the time.
    boolean mine(String task);

    /// Whether some other process has a task just now.
    boolean held(String task);

    @Override
    void close();
}
