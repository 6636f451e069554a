package dev.slipway.console.command;

import dev.slipway.client.offline.Subscription;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCombination;

import org.jspecify.annotations.Nullable;

/// Keys that work anywhere in the window while a screen is shown.
public final class Chords {
    private Chords() {}

    /// @param keys for example `Shortcut+Shift+H`: Shortcut is Ctrl, or Command on a Mac
    public static Subscription on(Node within, String keys, Runnable act) {
        var chord = KeyCombination.valueOf(keys);
        // a part of a screen that is shown for the first time comes into the window only later
        var scenes =
                within.sceneProperty()
                        .subscribe(
                                (before, now) -> {
                                    remove(before, chord, act);
                                    put(now, chord, act);
                                });
        put(within.getScene(), chord, act);
        return () -> {
            scenes.unsubscribe();
            remove(within.getScene(), chord, act);
        };
    }

    private static void put(@Nullable Scene scene, KeyCombination chord, Runnable act) {
        if (scene != null) {
            scene.getAccelerators().put(chord, act);
        }
    }

    private static void remove(@Nullable Scene scene, KeyCombination chord, Runnable act) {
        if (scene != null) {
            scene.getAccelerators().remove(chord, act);
        }
    }
}
