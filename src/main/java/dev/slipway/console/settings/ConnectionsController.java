package dev.slipway.console.settings;

import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.Gate;
import dev.slipway.console.fx.ScreenController;
import dev.slipway.console.shell.ScreenContext;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

import java.text.MessageFormat;
import java.util.Locale;

/// Which backends there are, and which one is open.
public final class ConnectionsController implements ScreenController {
    private final ScreenContext context;
    private final Desk desk;
    private final Connection current;
    private final ConnectionsViewModel model;

    @FXML private ListView<Connection> list;
    @FXML private TextField name;
    @FXML private TextField url;
    @FXML private TextField tokenFile;
    @FXML private TextField certificate;
    @FXML private Button choose;
    @FXML private Label error;
    @FXML private Button save;
    @FXML private Button open;
    @FXML private Button remove;
    @FXML private Label kept;
    @FXML private Node sandbox;
    @FXML private Button stopBackend;
    @FXML private Button startBackend;
    @FXML private Slider visitors;
    @FXML private Label visitorsText;
    @FXML private Button setVisitors;

    @SuppressWarnings("NullAway.Init") // the loader sets the FXML fields
    public ConnectionsController(ScreenContext context, Desk desk, Connection current) {
        this.context = context;
        this.desk = desk;
        this.current = current;
        this.model =
                new ConnectionsViewModel(
                        desk, context.background(), context.notices()::show, context.texts());
    }

    @FXML
    void initialize() {
        list.setItems(model.all());
        list.setCellFactory(_ -> new Cell());
        list.getSelectionModel()
                .selectedItemProperty()
                .subscribe(chosen -> model.selected().set(chosen));
        list.setOnKeyPressed(
                event -> {
                    if (event.getCode() == javafx.scene.input.KeyCode.ENTER) {
                        model.open();
                    }
                });
        name.textProperty().bindBidirectional(model.name());
        url.textProperty().bindBidirectional(model.url());
        tokenFile.textProperty().bindBidirectional(model.tokenFile());
        certificate.textProperty().bindBidirectional(model.certificate());
        error.textProperty().bind(model.error());
        choose.setOnAction(_ -> choose());
        save.setOnAction(_ -> save());
        open.setOnAction(_ -> model.open());
        remove.setOnAction(_ -> model.remove());
        Buttons.join(open, Gate.of(whyNot(false)), text("connections.open.tip"));
        Buttons.join(remove, Gate.of(whyNot(true)), text("connections.remove.tip"));
        bindSandbox();
    }

    @Override
    public void shown() {
        model.refresh();
        list.getSelectionModel().select(current);
        context.background()
                .run(() -> context.store().bytes())
                .onSuccess(this::showKept)
                .onProblem(context.notices()::show);
    }

    @Override
    public void hidden() {}

    private void save() {
        if (model.save()) {
            list.getSelectionModel().select(model.selected().get());
        }
    }

    private void choose() {
        context.files()
                .open(
                        list.getScene().getWindow(),
                        context.texts().getString("connections.token-file"))
                .ifPresent(file -> model.tokenFile().set(file.toAbsolutePath().toString()));
    }

    private ObservableValue<String> whyNot(boolean ofRemoval) {
        return Bindings.createStringBinding(
                () -> {
                    Connection chosen = model.selected().get();
                    if (chosen == null) {
                        return text("connections.none-selected");
                    }
                    return ofRemoval && isCurrent(chosen) ? text("connections.is-open") : "";
                },
                model.selected());
    }

    private String text(String key) {
        return context.texts().getString(key);
    }

    private void showKept(long bytes) {
        kept.setText(
                MessageFormat.format(
                        context.texts().getString("connections.kept"),
                        String.format(Locale.UK, "%.1f MB", bytes / 1e6)));
    }

    private void bindSandbox() {
        boolean there = desk.sandbox().isPresent();
        sandbox.setVisible(there);
        sandbox.setManaged(there);
        Gate idle =
                Gate.of(
                        Bindings.when(model.busy())
                                .then(text("connections.sandbox.busy"))
                                .otherwise(""));
        Buttons.join(stopBackend, idle, text("connections.sandbox.stop.tip"));
        Buttons.join(startBackend, idle, text("connections.sandbox.start.tip"));
        Buttons.join(setVisitors, idle, text("connections.sandbox.set.tip"));
        stopBackend.setOnAction(_ -> model.stopBackend());
        startBackend.setOnAction(_ -> model.startBackend());
        setVisitors.setOnAction(_ -> model.visitors(factor()));
        visitorsText
                .textProperty()
                .bind(
                        visitors.valueProperty()
                                .map(_ -> String.format(Locale.UK, "× %.1f", factor())));
    }

    /// The slider stands for powers of two: half, as many, twice, …
    private double factor() {
        return Math.pow(2, visitors.getValue());
    }

    private boolean isCurrent(@Nullable Connection connection) {
        return connection != null && connection.name().equals(current.name());
    }

    private final class Cell extends ListCell<Connection> {
        @Override
        protected void updateItem(@Nullable Connection item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setText(null);
                setGraphic(null);
            } else {
                boolean now = isCurrent(item);
                setText(
                        item.name()
                                + "   "
                                + item.url()
                                + (now
                                        ? "   " + context.texts().getString("connections.open-now")
                                        : ""));
                setGraphic(new FontIcon(now ? "fth-check-circle" : "fth-link"));
            }
        }
    }
}
