package dev.slipway.backend.launch;

/// What splits the traffic between the pools.
public interface Router {
    /// What it is and where, for a person.
    String name();

    /// The share of the new pool that it says it gives now, percent.
    ///
    /// @throws Away if it does not answer
    int reported() throws Away, InterruptedException;

    /// Has it give the new pool another share.
    ///
    /// @param newPercent 0 to 100
    /// @throws Away if it is not known to have followed
    void apply(int newPercent) throws Away, InterruptedException;

    /// The router did not answer, or not as it should.
    final class Away extends Exception {
        private static final long serialVersionUID = 1L;

        public Away(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
