package dev.slipway.sandbox.generate;

import java.util.List;

/// A random sequence that depends on its seed alone (SplitMix64), on every machine and Java
/// version. Powers are taken by `StrictMath`, since `Math.pow` may differ in the last bit.
public final class Dice {
    private long state;

    public Dice(long seed) {
        this.state = seed;
    }

    private long next() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /// A number from 0 to below 1.
    public double unit() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    public boolean chance(double probability) {
        return unit() < probability;
    }

    /// A whole number from 0 to below `bound`.
    public int below(int bound) {
        return (int) (unit() * bound);
    }

    /// A whole number from 0 to below `bound`, the small ones more often the higher the power.
    public int skewed(int bound, double power) {
        return (int) (bound * StrictMath.pow(unit(), power));
    }

    public <T> T pick(List<T> from) {
        return from.get(below(from.size()));
    }
}
