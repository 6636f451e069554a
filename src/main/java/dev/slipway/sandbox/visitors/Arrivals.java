package dev.slipway.sandbox.visitors;

import dev.slipway.sandbox.generate.Dice;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/// Lets visitors arrive at random (a Poisson process), each at its own moment, whatever became of
/// those before. One who is let in late, since the machine was busy, still has the moment that was
/// meant.
final class Arrivals {
    private final Dice dice;
    private final LongConsumer arrive;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private double perSecond;
    private long next;

    /// @param arrive is given the meant moment, in `System.nanoTime`; must not block
    Arrivals(long seed, LongConsumer arrive) {
        this.dice = new Dice(seed);
        this.arrive = arrive;
    }

    double perSecond() {
        lock.lock();
        try {
            return perSecond;
        } finally {
            lock.unlock();
        }
    }

    /// Changes the rate from now on; 0 stops the arrivals.
    void perSecond(double rate) {
        lock.lock();
        try {
            perSecond = rate;
            next = System.nanoTime() + gap();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Lets visitors in until the thread is interrupted.
    void run() throws InterruptedException {
        while (true) {
            arrive.accept(await());
        }
    }

    private long await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (perSecond == 0 || next > System.nanoTime()) {
                if (perSecond == 0) {
                    changed.await();
                } else {
                    changed.await(next - System.nanoTime(), TimeUnit.NANOSECONDS);
                }
            }
            long moment = next;
            next += gap();
            return moment;
        } finally {
            lock.unlock();
        }
    }

    private long gap() {
        double seconds = -StrictMath.log(1 - dice.unit()) / Math.max(perSecond, 1e-3);
        return (long) (seconds * 1e9);
    }
}
