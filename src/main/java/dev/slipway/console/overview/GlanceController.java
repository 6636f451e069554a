package dev.slipway.console.overview;

import dev.slipway.client.offline.LoadState;
import dev.slipway.console.fx.LoadPane;

import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;

import org.kordamp.ikonli.javafx.FontIcon;

import java.time.InstantSource;
import java.util.Locale;

/// The card of one subject.
public final class GlanceController {
    @FXML private Node root;
    @FXML private LoadPane pane;
    @FXML private FontIcon icon;
    @FXML private Label name;
    @FXML private FontIcon mood;
    @FXML private Label figure;
    @FXML private Label words;
    @FXML private Label detail;
    @FXML private ProgressBar progress;

    @SuppressWarnings("NullAway.Init") // the loader sets the FXML fields
    public GlanceController() {}

    void bind(
            String subject,
            String literal,
            ObservableValue<LoadState<Glance>> state,
            InstantSource clock) {
        name.setText(subject);
        pane.setClock(clock);
        icon.setIconLiteral(literal);
        state.subscribe(
                now -> {
                    now.value().ifPresent(this::show);
                    pane.setState(now);
                });
    }

    private void show(Glance glance) {
        for (Glance.Mood each : Glance.Mood.values()) {
            root.pseudoClassStateChanged(
                    PseudoClass.getPseudoClass(each.name().toLowerCase(Locale.ROOT)),
                    each == glance.mood());
        }
        mood.setIconLiteral(
                switch (glance.mood()) {
                    case WELL -> "fth-check-circle";
                    case BUSY -> "fth-loader";
                    case LOOK -> "fth-alert-triangle";
                    case BAD -> "fth-x-octagon";
                    case NEUTRAL -> "fth-circle";
                });
        mood.setVisible(glance.mood() != Glance.Mood.NEUTRAL);
        mood.setManaged(glance.mood() != Glance.Mood.NEUTRAL);
        figure.setText(glance.figure());
        words.setText(glance.words());
        detail.setText(glance.detail());
        progress.setVisible(glance.progress() >= 0);
        progress.setManaged(glance.progress() >= 0);
        progress.setProgress(Math.max(0, glance.progress()));
    }
}
