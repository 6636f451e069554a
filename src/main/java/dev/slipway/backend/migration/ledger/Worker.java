package dev.slipway.backend.migration.ledger;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Who works at chunks: one of possibly many in this process.
public final class Worker {
    private static final String BETWEEN = "/";
    private final String host;
    private final long process;
    private final String name;
    private final AtomicLong leases = new AtomicLong();

    /// @param host names the machine, so that it is known which processes can be asked whether they
    ///   live
    public Worker(String host) {
        this(host, UUID.randomUUID().toString());
    }

    private Worker(String host, String name) {
        this.host = host;
        this.name = name;
        this.process = ProcessHandle.current().pid();
    }

    /// One that works beside this one in the same process. Each number is the same worker every
    /// time, so that a run that failed and begins again takes its own chunks back at once.
    public Worker another(int number) {
        return new Worker(host, name + "+" + number);
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
