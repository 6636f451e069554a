package dev.slipway.console.shell;

import dev.slipway.client.http.Problem;

import javafx.beans.property.ReadOnlyListProperty;
import javafx.beans.property.ReadOnlyListWrapper;
import javafx.collections.FXCollections;

import java.time.Instant;
import java.time.InstantSource;

/// What a person is to be told, the newest first. A problem stays until it is dismissed; the same
/// one again takes the place of the earlier.
public final class Notices {
    private static final int MOST = 5;

    /// One notice.
    public sealed interface Notice {
        record Trouble(Problem problem, Instant at) implements Notice {}

        record Info(String text, Instant at) implements Notice {}
    }

    private final InstantSource clock;
    private final ReadOnlyListWrapper<Notice> all =
            new ReadOnlyListWrapper<>(FXCollections.observableArrayList());

    public Notices(InstantSource clock) {
        this.clock = clock;
    }

    /// On the UI thread.
    public void show(Problem problem) {
        all.removeIf(
                notice -> notice instanceof Notice.Trouble same && same.problem().equals(problem));
        add(new Notice.Trouble(problem, clock.instant()));
    }

    /// On the UI thread. It goes by itself after some seconds.
    public void info(String text) {
        add(new Notice.Info(text, clock.instant()));
    }

    public void dismiss(Notice notice) {
        all.remove(notice);
    }

    public ReadOnlyListProperty<Notice> all() {
        return all.getReadOnlyProperty();
    }

    private void add(Notice notice) {
        all.addFirst(notice);
        if (all.size() > MOST) {
            all.removeLast();
        }
    }
}
