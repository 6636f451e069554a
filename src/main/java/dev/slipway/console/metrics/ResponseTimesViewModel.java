package dev.slipway.console.metrics;

import dev.slipway.api.metrics.Window;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.fx.Format;
import dev.slipway.console.table.Figures;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;

import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.ResourceBundle;

/// Which range is looked at, and the routes over exactly that range.
public final class ResponseTimesViewModel {
    private final ResourceBundle texts;
    private final InstantSource clock;
    private final ObjectProperty<Range> range = new SimpleObjectProperty<>(Range.MINUTES_15);
    private final BooleanProperty logScale = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<LoadState<List<RouteRow>>> rows =
            new ReadOnlyObjectWrapper<>(new LoadState.Idle<>());
    private final ReadOnlyStringWrapper basis = new ReadOnlyStringWrapper("");
    private LoadState<List<Window>> windows = new LoadState.Idle<>();

    public ResponseTimesViewModel(ResourceBundle texts, InstantSource clock) {
        this.texts = texts;
        this.clock = clock;
        range.subscribe(_ -> update());
    }

    public void show(LoadState<List<Window>> state) {
        windows = state;
        update();
    }

    public ObjectProperty<Range> range() {
        return range;
    }

    public BooleanProperty logScale() {
        return logScale;
    }

    /// By pool, then all routes before the single ones.
    public ReadOnlyObjectProperty<LoadState<List<RouteRow>>> rows() {
        return rows.getReadOnlyProperty();
    }

    /// What the table's figures were taken over.
    public ReadOnlyStringProperty basis() {
        return basis.getReadOnlyProperty();
    }

    private void update() {
        Duration wanted = range.get().length();
        rows.set(
                windows.map(
                        all ->
                                all.stream()
                                        .filter(window -> window.window().equals(wanted))
                                        .sorted(
                                                Comparator.comparing(Window::pool)
                                                        .thenComparing(
                                                                window ->
                                                                        !window.route().equals("*"))
                                                        .thenComparing(Window::route))
                                        .map(RouteRow::new)
                                        .toList()));
        basis.set(
                rows.get().value().stream()
                        .flatMap(List::stream)
                        .findFirst()
                        .map(this::basis)
                        .orElse(""));
    }

    /// From when to when, in this computer's time; and how much of it was measured, if not all.
    private String basis(RouteRow row) {
        Window window = row.window();
        Instant from = window.to().minus(window.window());
        Duration measured = Duration.ofMillis(Math.round(window.seconds() * 1_000));
        Instant now = clock.instant();
        boolean whole = measured.compareTo(window.window().multipliedBy(99).dividedBy(100)) >= 0;
        return MessageFormat.format(
                texts.getString(whole ? "metrics.basis" : "metrics.basis.partly"),
                Figures.moment(from, now),
                Figures.moment(window.to(), now),
                Figures.zone(now),
                Format.age(measured),
                Format.age(window.window()));
    }
}
