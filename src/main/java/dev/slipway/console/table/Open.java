package dev.slipway.console.table;

import dev.slipway.client.offline.Subscription;

import java.util.ArrayList;
import java.util.List;

/// What a screen has opened while it is shown, closed together.
public final class Open implements Subscription {
    private final List<Subscription> all = new ArrayList<>();

    public void add(Subscription... opened) {
        all.addAll(List.of(opened));
    }

    @Override
    public void close() {
        all.forEach(Subscription::close);
        all.clear();
    }
}
