package dev.slipway.backend.migration.ledger;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Who works at chunks: one of possibly many in this process.
public final class Worker {
    private static final String BETWEEN = "/";
    private final String host;
    private final long process;
    private final String name = UUID.randomUUID().toString();
    private final AtomicLong leases = new AtomicLong();

    /// @param host names the machine, so that it is known which processes can be asked whether they
    ///   live
    public Worker(String host) {
        this.host = host;
        this.process = ProcessHandle.current().pid();
    }

    /// A mark that no one used before: a chunk taken twice by the same worker is still told apart.
    String mark() {
        return String.join(
                BETWEEN,
                host,
                Long.toString(process),
                name,
                Long.toString(leases.incrementAndGet()));
    }

    /// Whether a chunk that bears a mark may be taken: it bears none, its lease is over, or its
    /// worker is this one or a process of this machine that is no more.
    boolean free(String mark, long until, long now) {
        String[] parts = mark.split(BETWEEN, -1);
        if (parts.length != 4 || until < now) {
            return true;
        }
        if (!parts[0].equals(host)) {
            return false;
        }
        return parts[2].equals(name) || ProcessHandle.of(Long.parseLong(parts[1])).isEmpty();
    }
}
