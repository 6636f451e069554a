package dev.slipway.backend.queues.dispatch;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.slipway.backend.rounds.Rounds;
import dev.slipway.backend.store.Events;
import dev.slipway.backend.store.StateStore;

import java.time.InstantSource;

/// A process that is configured without a broker: while others use one, everyone is told of it.
///
/// A backend turns off what is handed to a broker when no living process uses it any more: at once
/// where none does, and else when the last is gone. Until then the others hand on its jobs too. A
/// worker turns nothing off: it finds its jobs anyway, and what is handed on is the backends'
/// concern.
public final class WithoutBroker implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WithoutBroker.class.getName());

    private final BrokerUsers users;
    private final Health health;
    private final boolean works;
    private final Rounds rounds = new Rounds(WithoutBroker.class, "without-broker");
    private boolean lookedBefore;
    private boolean toldOthers;

    /// @param process names this process among all
    /// @param works whether it is a worker and no backend
    public WithoutBroker(
            StateStore store, Events events, InstantSource clock, String process, boolean works) {
        this.works = works;
        this.users = new BrokerUsers(store, events, clock, process);
        this.health = new Health(store, events, clock, process);
    }

    /// Looks once, and then again and again.
    public void start() {
        look();
        rounds.every(
                BrokerUsers.EVERY,
                BrokerUsers.EVERY,
                "who uses the broker could not be looked for",
                this::look);
    }

    /// Looks who uses it.
    ///
    /// @return whether others do
    public synchronized boolean look() {
        if (lookedBefore && !users.isOn()) {
            return false;
        }
        lookedBefore = true;
        boolean others = users.doesWithout(works);
        if (others && !toldOthers) {
            LOG.log(
                    WARNING,
                    "this process is configured without the broker of the queues that others use:"
                            + " set queues.broker here as well, or take it out of all");
        }
        if (!others) {
            if (toldOthers) {
                LOG.log(INFO, "no other process uses the broker of the queues any more");
            }
            if (!works) {
                health.unused();
            }
        }
        toldOthers = others;
        return others;
    }

    @Override
    public void close() {
        rounds.close();
    }
}
