package dev.slipway.sandbox.edge;

import java.nio.charset.StandardCharsets;

/// Puts each visitor at a fixed point between 0 and 100 percent. Whoever lies below the weight goes
/// to the new pool, so raising the weight moves no one back, and lowering it no one over.
public final class Cohorts {
    private static final int POINTS = 10_000;

    private Cohorts() {}

    public static Pool pool(String visitor, int newPercent) {
        return point(visitor) < newPercent * (POINTS / 100) ? Pool.NEW : Pool.LEGACY;
    }

    /// FNV-1a over the name's bytes, then mixed, or names that differ at the end would lie close
    /// together.
    static int point(String visitor) {
        long hash = 0xCBF29CE484222325L;
        for (byte b : visitor.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
        hash = (hash ^ (hash >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return (int) Long.remainderUnsigned(hash ^ (hash >>> 33), POINTS);
    }
}
