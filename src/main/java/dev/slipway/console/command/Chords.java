package dev.slipway.console.command;

import dev.slipway.client.offline.Subscription;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCombination;

/// Keys that work anywhere in the window while a screen is shown.
public final class Chords {
    private Chords() {}

    /// @param keys for example `Shortcut+Shift+H`: Shortcut is Ctrl, or Command on a Mac
    public static Subscription on(Node within, String keys, Runnable act) {
        Scene scene = within.getScene();
        if (scene == null) {
            return () -> {};
        }
        var chord = KeyCombination.valueOf(keys);
        scene.getAccelerators().put(chord, act);
        return () -> scene.getAccelerators().remove(chord, act);
    }
}
