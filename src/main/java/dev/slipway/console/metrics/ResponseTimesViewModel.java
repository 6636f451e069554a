package dev.slipway.console.metrics;

import dev.slipway.api.metrics.Window;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.fx.Format;

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
import java.util.Comparator;
import java.util.List;
import java.util.ResourceBundle;

/// Which range is looked at, and the routes over the measured window nearest to it.
public final class ResponseTimesViewModel {
    private final ResourceBundle texts;
    private final ObjectProperty<Range> range = new SimpleObjectProperty<>(Range.MINUTES_15);
    private final BooleanProperty logScale = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<LoadState<List<RouteRow>>> rows =
            new ReadOnlyObjectWrapper<>(new LoadState.Idle<>());
    private final ReadOnlyStringWrapper basis = new ReadOnlyStringWrapper("");
    private LoadState<List<Window>> windows = new LoadState.Idle<>();

    public ResponseTimesViewModel(ResourceBundle texts) {
        this.texts = texts;
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
        var length =
                windows.value().stream()
                        .flatMap(List::stream)
                        .map(Window::window)
                        .min(Comparator.comparing(each -> each.minus(wanted).abs()));
        basis.set(
                length.map(
                                nearest ->
                                        MessageFormat.format(
                                                texts.getString("metrics.basis"),
                                                Format.age(nearest)))
                        .orElse(""));
        rows.set(
                windows.map(
                        all ->
                                all.stream()
                                        .filter(
                                                window ->
                                                        length.isPresent()
                                                                && window.window()
                                                                        .equals(length.get()))
                                        .sorted(
                                                Comparator.comparing(Window::pool)
                                                        .thenComparing(
                                                                window ->
                                                                        !window.route().equals("*"))
                                                        .thenComparing(Window::route))
                                        .map(RouteRow::new)
                                        .toList()));
    }
}
