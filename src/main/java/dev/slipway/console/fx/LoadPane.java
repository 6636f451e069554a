package dev.slipway.console.fx;

import dev.slipway.client.http.Problem;
import dev.slipway.client.offline.LoadState;

import javafx.beans.DefaultProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

import java.time.InstantSource;
import java.util.Collection;

/// Shows a [LoadState]: its content when there is data, greyed and with its age when the data is
/// stale; and otherwise that it loads, that nothing was ever loaded, that there is nothing, or that
/// it failed. The five look different.
///
/// In FXML its child is the content; `emptyText` is said of an empty collection, `idleText` of what
/// was never loaded.
@DefaultProperty("content")
public final class LoadPane extends StackPane {
    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");

    private final ObjectProperty<LoadState<?>> state =
            new SimpleObjectProperty<>(this, "state", new LoadState.Idle<>());
    private final ObjectProperty<@Nullable Node> content =
            new SimpleObjectProperty<>(this, "content");
    private final StringProperty emptyText = new SimpleStringProperty(this, "emptyText", "Nothing");
    private final StringProperty idleText =
            new SimpleStringProperty(
                    this, "idleText", "Never seen here: it comes with the first connection");
    private final StaleAge age = new StaleAge();
    private final VBox message = new VBox();
    private @Nullable Retry retry;

    public LoadPane() {
        getStyleClass().add("load-pane");
        StackPane.setAlignment(age, Pos.TOP_RIGHT);
        message.getStyleClass().add("load-message");
        message.setFillWidth(false);
        state.addListener(_ -> show());
        content.addListener(_ -> show());
        emptyText.addListener(_ -> show());
        idleText.addListener(_ -> show());
        show();
    }

    public ObjectProperty<LoadState<?>> stateProperty() {
        return state;
    }

    public LoadState<?> getState() {
        return state.get();
    }

    public void setState(LoadState<?> value) {
        state.set(value);
    }

    public ObjectProperty<@Nullable Node> contentProperty() {
        return content;
    }

    public @Nullable Node getContent() {
        return content.get();
    }

    public void setContent(@Nullable Node value) {
        content.set(value);
    }

    public StringProperty emptyTextProperty() {
        return emptyText;
    }

    public String getEmptyText() {
        return emptyText.get();
    }

    public void setEmptyText(String value) {
        emptyText.set(value);
    }

    public StringProperty idleTextProperty() {
        return idleText;
    }

    public String getIdleText() {
        return idleText.get();
    }

    public void setIdleText(String value) {
        idleText.set(value);
    }

    /// What the button of a failed state does; without it there is no button.
    ///
    /// @param whyNot empty, or why it can't be done just now
    public void setOnRetry(Runnable action, ObservableValue<String> whyNot) {
        retry = new Retry(action, whyNot);
        show();
    }

    private record Retry(Runnable action, ObservableValue<String> whyNot) {}

    /// What ages are counted by.
    public void setClock(InstantSource source) {
        age.setClock(source);
    }

    private void show() {
        boolean stale = state.get() instanceof LoadState.Stale<?>;
        pseudoClassStateChanged(STALE, stale);
        switch (state.get()) {
            case LoadState.Idle<?> _ -> say("fth-cloud-off", idleText.get(), "");
            case LoadState.Loading<?> _ -> sayLoading();
            case LoadState.Failed<?> failed -> sayFailed(failed.problem());
            case LoadState.Ready<?> ready -> showData(ready.data());
            case LoadState.Stale<?> old -> showData(old.data());
        }
        age.show(state.get());
    }

    private void showData(Object data) {
        Node node = content.get();
        if (data instanceof Collection<?> items && items.isEmpty()) {
            say("fth-circle", emptyText.get(), "");
            if (state.get() instanceof LoadState.Stale<?>) {
                getChildren().add(age);
            }
        } else if (node != null) {
            if (state.get() instanceof LoadState.Stale<?>) {
                getChildren().setAll(node, age);
            } else {
                getChildren().setAll(node);
            }
        }
    }

    private void sayLoading() {
        var spinner = new ProgressIndicator();
        spinner.setPrefSize(24, 24);
        var text = new Label("Loading");
        text.getStyleClass().add("muted");
        message.getChildren().setAll(spinner, text);
        getChildren().setAll(message);
    }

    private void sayFailed(Problem problem) {
        say(
                "fth-alert-octagon",
                problem.title(),
                problem instanceof Problem.Bug ? "" : problem.detail());
        if (!problem.reference().isEmpty()) {
            var reference = new Label("Problem id " + problem.reference());
            reference.getStyleClass().add("caption");
            message.getChildren().add(reference);
        }
        Retry again = retry;
        if (again != null) {
            var button = new Button("_Try again");
            button.setId("try-again");
            button.setOnAction(_ -> again.action().run());
            var why = new Label();
            why.getStyleClass().add("muted");
            why.textProperty().bind(again.whyNot());
            button.disableProperty().bind(why.textProperty().isNotEmpty());
            button.accessibleHelpProperty().bind(again.whyNot());
            message.getChildren().addAll(button, why);
        }
    }

    private void say(String icon, String title, String detail) {
        var text = new Label(title);
        text.getStyleClass().add("load-title");
        text.setWrapText(true);
        message.getChildren().setAll(new FontIcon(icon), text);
        if (!detail.isEmpty()) {
            var more = new Label(detail);
            more.getStyleClass().add("muted");
            more.setWrapText(true);
            message.getChildren().add(more);
        }
        getChildren().setAll(message);
    }
}
