package dev.slipway.testing;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import java.util.Optional;
import java.util.Set;

/// A keyboard: keys go to what has the focus, and chords to the window, as a person's do.
public final class Keys {
    private final Scene scene;

    public Keys(Scene scene) {
        this.scene = scene;
    }

    /// A key or chord, for example `press(R, CONTROL, SHIFT)`.
    public Keys press(KeyCode key, KeyCode... held) throws Exception {
        Set<KeyCode> down = Set.of(held);
        ConsoleHarness.run(
                () -> {
                    Node focused =
                            Optional.ofNullable(scene.getFocusOwner()).orElse(scene.getRoot());
                    fire(focused, KeyEvent.KEY_PRESSED, key, "", down);
                    fire(focused, KeyEvent.KEY_RELEASED, key, "", down);
                });
        return this;
    }

    public Keys type(String text) throws Exception {
        ConsoleHarness.run(
                () -> {
                    for (String c : text.split("")) {
                        fire(
                                Optional.ofNullable(scene.getFocusOwner()).orElse(scene.getRoot()),
                                KeyEvent.KEY_TYPED,
                                KeyCode.UNDEFINED,
                                c,
                                Set.of());
                    }
                });
        return this;
    }

    /// Tabs until a node has the focus; fails if it can't be reached.
    public Keys tabTo(String id) throws Exception {
        for (int i = 0; i < 80; i++) {
            if (id.equals(focusedId())) {
                return this;
            }
            press(KeyCode.TAB);
        }
        throw new AssertionError(id + " can't be reached by Tab; the focus is at " + focusedId());
    }

    private String focusedId() throws Exception {
        return ConsoleHarness.onUi(
                () ->
                        Optional.ofNullable(scene.getFocusOwner())
                                .map(Node::getId)
                                .map(String::valueOf)
                                .orElse(""));
    }

    private static void fire(
            Node at,
            javafx.event.EventType<KeyEvent> type,
            KeyCode key,
            String typed,
            Set<KeyCode> down) {
        at.fireEvent(
                new KeyEvent(
                        at,
                        at,
                        type,
                        typed,
                        "",
                        key,
                        down.contains(KeyCode.SHIFT),
                        down.contains(KeyCode.CONTROL),
                        down.contains(KeyCode.ALT),
                        down.contains(KeyCode.META)));
    }
}
