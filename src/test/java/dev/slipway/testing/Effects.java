package dev.slipway.testing;

import dev.slipway.backend.http.Effect;
import dev.slipway.backend.store.StateStore;

/// Does what a write would do, without the server.
public final class Effects {
    private Effects() {}

    public static <T> T done(StateStore store, Effect<T> effect) {
        T result = store.write(effect::in);
        if (effect.afterwards().isEmpty()) {
            return result;
        }
        try {
            return effect.afterwards().get().call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // who calls it lets no checked one through: the test fails with it
            throw new AssertionError(e);
        }
    }
}
