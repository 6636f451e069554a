package dev.slipway.console.shell;

import dev.slipway.client.kept.Backends;
import dev.slipway.client.offline.Subscription;
import dev.slipway.console.shell.Notices.Notice;
import dev.slipway.console.shell.ShellViewModel.Status;

import javafx.beans.value.ChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;

import org.kordamp.ikonli.javafx.FontIcon;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/// The window's frame: the environment's band, the navigation, banner and notices, and the screen.
public final class ShellController {
    /// White text on a colour up to this luminance has a contrast of 4.5 at least; above it black
    /// has more.
    private static final double WHITE_IS_READ_BELOW = 1.05 / 4.5 - 0.05;

    private static final Duration INFO_STAYS = Duration.ofSeconds(6);

    private final Shell shell;
    private final ShellViewModel model;
    private final LogInViewModel logIn;
    private final Map<Screen, ToggleButton> items = new EnumMap<>(Screen.class);
    private final ChangeListener<Instant> onTick = (_, _, now) -> tick(now);

    @FXML private Parent root;
    @FXML private HBox band;
    @FXML private Label environment;
    @FXML private Label production;
    @FXML private Label status;
    @FXML private FontIcon statusIcon;
    @FXML private Label who;
    @FXML private Button theme;
    @FXML private Button help;
    @FXML private VBox navigation;
    @FXML private HBox banner;
    @FXML private Label bannerText;
    @FXML private Button reconnect;
    @FXML private HBox logInForm;
    @FXML private TextField user;
    @FXML private PasswordField password;
    @FXML private PasswordField newPassword;
    @FXML private Label logInDue;
    @FXML private Button logInButton;
    @FXML private Label logInError;
    @FXML private VBox notices;
    @FXML private StackPane place;
    @FXML private StackPane helpPlace;

    private ScreenHost host;
    private HelpHost helpPages;
    private Subscription health = () -> {};

    @SuppressWarnings("NullAway.Init") // the loader sets the FXML fields
    public ShellController(Shell shell) {
        this.shell = shell;
        ScreenContext context = shell.context();
        this.model =
                new ShellViewModel(
                        context.texts(),
                        shell.connectionName(),
                        context.store()::heard,
                        context.clock().instant());
        this.logIn =
                new LogInViewModel(
                        context.background(),
                        context.client()::logIn,
                        context.client().access()::changePassword,
                        shell.reconnect());
    }

    @FXML
    void initialize() {
        ScreenContext context = shell.context();
        host = new ScreenHost(place, context.texts(), shell.controllers());
        helpPages = new HelpHost(helpPlace, context.texts(), shell.controllers());
        new NoticeList(context.notices(), notices, context.texts());
        bindBand();
        bindBanner();
        addNavigation();
        context.connection().subscribe(model::show);
        health = context.store().observe(Backends.health()).into(model::show);
        shell.ticker().now().addListener(onTick);
        root.sceneProperty().subscribe(this::addKeys);
    }

    /// The window's frame says this as its title.
    public ShellViewModel model() {
        return model;
    }

    public void show(Screen screen) {
        items.forEach(
                (each, item) -> {
                    item.setSelected(each == screen);
                    if (each == screen) {
                        item.requestFocus();
                    }
                });
        host.show(screen);
    }

    /// Ends everything that the frame and its screens observe.
    public void close() {
        host.hide();
        health.close();
        shell.ticker().now().removeListener(onTick);
    }

    private void bindBand() {
        environment.textProperty().bind(model.environment());
        production.visibleProperty().bind(model.production());
        production.managedProperty().bind(model.production());
        model.colour().subscribe(this::paint);
        status.textProperty().bind(model.statusText());
        model.status().subscribe(this::showStatus);
        who.textProperty().bind(model.who());
        shell.theme().subscribe(value -> theme.setGraphic(new FontIcon(themeIcon())));
        theme.setOnAction(_ -> shell.theme().set(shell.theme().get().next()));
        theme.tooltipProperty()
                .bind(
                        shell.theme()
                                .map(
                                        value ->
                                                new Tooltip(
                                                        shell.context()
                                                                .texts()
                                                                .getString(
                                                                        "shell.theme."
                                                                                + value.name()))));
        help.setOnAction(_ -> toggleHelp());
    }

    private String themeIcon() {
        return switch (shell.theme().get()) {
            case SYSTEM -> "fth-monitor";
            case LIGHT -> "fth-sun";
            case DARK -> "fth-moon";
        };
    }

    private void paint(String colour) {
        band.setStyle("-fx-background-color: " + colour);
        boolean dark = luminance(Color.web(colour)) < WHITE_IS_READ_BELOW;
        band.getStyleClass().setAll("band", dark ? "on-dark" : "on-light");
    }

    /// Relative luminance as WCAG 2 defines it, 0 to 1.
    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(double part) {
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }

    private void showStatus(Status value) {
        statusIcon.setIconLiteral(
                switch (value) {
                    case CONNECTING -> "fth-loader";
                    case LIVE -> "fth-check-circle";
                    case OFFLINE -> "fth-wifi-off";
                    case LOG_IN -> "fth-lock";
                });
    }

    private void bindBanner() {
        bannerText.textProperty().bind(model.banner());
        banner.visibleProperty().bind(model.banner().isNotEmpty());
        banner.managedProperty().bind(banner.visibleProperty());
        var wanted = model.status().isEqualTo(Status.LOG_IN);
        logInForm.visibleProperty().bind(wanted);
        logInForm.managedProperty().bind(wanted);
        reconnect.visibleProperty().bind(model.status().isEqualTo(Status.OFFLINE));
        reconnect.managedProperty().bind(wanted.not());
        reconnect.setOnAction(_ -> shell.reconnect().run());
        bindLogIn();
    }

    private void bindLogIn() {
        user.textProperty().bindBidirectional(logIn.user());
        password.textProperty().bindBidirectional(logIn.password());
        logInButton.disableProperty().bind(logIn.incomplete());
        logInButton.setOnAction(_ -> logIn.logIn());
        user.setOnAction(_ -> password.requestFocus());
        password.setOnAction(_ -> logIn.logIn());
        newPassword.textProperty().bindBidirectional(logIn.wanted());
        newPassword.visibleProperty().bind(logIn.due());
        newPassword.managedProperty().bind(logIn.due());
        newPassword.setOnAction(_ -> logIn.logIn());
        var wanted = model.status().isEqualTo(Status.LOG_IN);
        logInDue.visibleProperty().bind(wanted.and(logIn.due()).and(logIn.error().isEmpty()));
        logInDue.managedProperty().bind(logInDue.visibleProperty());
        logIn.due().subscribe(due -> (due ? newPassword : password).requestFocus());
        logInError.textProperty().bind(logIn.error());
        logInError.visibleProperty().bind(wanted.and(logIn.error().isNotEmpty()));
        logInError.managedProperty().bind(logInError.visibleProperty());
    }

    private void addNavigation() {
        var group = new ToggleGroup();
        for (Screen screen : Screen.values()) {
            var texts = shell.context().texts();
            var item = new ToggleButton(texts.getString(screen.key()), new FontIcon(screen.icon()));
            item.setId("nav-" + screen.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
            item.getStyleClass().add("nav-item");
            item.setMaxWidth(Double.MAX_VALUE);
            item.setToggleGroup(group);
            item.setOnAction(_ -> show(screen));
            // arrow keys select without an action
            item.selectedProperty()
                    .subscribe(
                            chosen -> {
                                if (chosen) {
                                    show(screen);
                                }
                            });
            item.setTooltip(
                    new Tooltip(
                            screen.digit().isEmpty()
                                    ? item.getText()
                                    : item.getText() + "  (Ctrl+" + screen.digit() + ")"));
            items.put(screen, item);
            navigation.getChildren().add(item);
        }
    }

    private void addKeys(Scene scene) {
        if (scene == null) {
            return;
        }
        var keys = scene.getAccelerators();
        for (Screen screen : Screen.values()) {
            if (!screen.digit().isEmpty()) {
                keys.put(
                        new KeyCodeCombination(
                                KeyCode.getKeyCode(screen.digit()), KeyCombination.SHORTCUT_DOWN),
                        () -> show(screen));
            }
        }
        keys.put(
                new KeyCodeCombination(KeyCode.COMMA, KeyCombination.SHORTCUT_DOWN),
                () -> show(Screen.CONNECTIONS));
        keys.put(new KeyCodeCombination(KeyCode.F1), this::toggleHelp);
        keys.put(new KeyCodeCombination(KeyCode.ESCAPE), this::dismiss);
    }

    private void toggleHelp() {
        if (helpPages.shown()) {
            helpPages.hide();
        } else {
            helpPages.show(host.current().orElse(Screen.OVERVIEW).helpPage());
        }
    }

    private void dismiss() {
        var all = shell.context().notices().all();
        if (helpPages.shown()) {
            helpPages.hide();
        } else if (!all.isEmpty()) {
            shell.context().notices().dismiss(all.getFirst());
        }
    }

    private void tick(Instant now) {
        model.tick(now);
        Notices all = shell.context().notices();
        all.all().stream()
                .filter(
                        notice ->
                                notice instanceof Notice.Info info
                                        && info.at().plus(INFO_STAYS).isBefore(now))
                .toList()
                .forEach(all::dismiss);
    }
}
