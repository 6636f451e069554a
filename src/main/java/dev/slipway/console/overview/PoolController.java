package dev.slipway.console.overview;

import dev.slipway.client.offline.LoadState;
import dev.slipway.console.fx.FirstPaint;
import dev.slipway.console.fx.LoadPane;
import dev.slipway.console.shell.ScreenContext;

import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;

import org.kordamp.ikonli.javafx.FontIcon;

import java.util.Locale;
import java.util.ResourceBundle;

/// The tile of one pool.
public final class PoolController {
    @FXML private Node root;
    @FXML private LoadPane pane;
    @FXML private Label name;
    @FXML private Label verdict;
    @FXML private FontIcon icon;
    @FXML private Label p95;
    @FXML private Label reason;
    @FXML private Label errors;
    @FXML private Label rate;
    @FXML private Label p50;
    @FXML private Label p99;
    @FXML private Label basis;

    @SuppressWarnings("NullAway.Init") // the loader sets the FXML fields
    public PoolController() {}

    void bind(String poolName, ObservableValue<LoadState<PoolCard>> state, ScreenContext context) {
        name.setText(poolName);
        pane.setClock(context.clock());
        state.subscribe(
                now -> {
                    now.value().ifPresent(card -> show(card, context.texts()));
                    pane.setState(now);
                });
    }

    private void show(PoolCard card, ResourceBundle texts) {
        for (Verdict each : Verdict.values()) {
            root.pseudoClassStateChanged(
                    PseudoClass.getPseudoClass(each.name().toLowerCase(Locale.ROOT)),
                    each == card.verdict());
        }
        verdict.setText(texts.getString("overview.verdict." + card.verdict()));
        icon.setIconLiteral(
                switch (card.verdict()) {
                    case WELL -> "fth-check-circle";
                    case SLOW -> "fth-alert-triangle";
                    case FAILING -> "fth-x-octagon";
                    case QUIET -> "fth-minus-circle";
                    case UNKNOWN -> "fth-help-circle";
                });
        p95.setText(card.p95());
        reason.setText(card.reason());
        errors.setText(card.errors());
        rate.setText(card.rate());
        p50.setText(card.p50());
        p99.setText(card.p99());
        basis.setText(card.basis());
        FirstPaint.mark(root);
    }
}
