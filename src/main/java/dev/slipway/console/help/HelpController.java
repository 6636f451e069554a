package dev.slipway.console.help;

import dev.slipway.console.shell.Help;
import dev.slipway.console.shell.ScreenContext;

import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

import org.jspecify.annotations.Nullable;

/// The help: pages at the left, the one that is read at the right. Typing searches, the arrow keys
/// choose, links lead on.
public final class HelpController implements Help {
    private final HelpViewModel model = new HelpViewModel(HelpPages.load());

    @FXML private TextField search;
    @FXML private ListView<HelpPage> pages;
    @FXML private ScrollPane scroll;

    /// @param context has what a controller may need; the help needs nothing of it
    @SuppressWarnings("NullAway.Init") // the loader sets the FXML fields
    public HelpController(ScreenContext context) {}

    @FXML
    void initialize() {
        search.textProperty().bindBidirectional(model.query());
        pages.setItems(model.found());
        pages.setCellFactory(_ -> new Title());
        pages.setPlaceholder(new Label("–"));
        model.page().subscribe(this::draw);
        pages.getSelectionModel()
                .selectedItemProperty()
                .subscribe(
                        page -> {
                            if (page != null) {
                                model.read(page);
                            }
                        });
        search.addEventFilter(KeyEvent.KEY_PRESSED, this::choose);
    }

    @Override
    public void show(String name) {
        model.show(name);
        search.requestFocus();
    }

    private void draw(HelpPage page) {
        scroll.setContent(Markdown.draw(page.text(), this::follow));
        scroll.setVvalue(0);
        if (!page.equals(pages.getSelectionModel().getSelectedItem())) {
            pages.getSelectionModel().select(page);
        }
    }

    private void follow(String target) {
        model.show(target.replaceFirst("\\.md(#.*)?$", ""));
    }

    /// The arrow keys choose a page while one still types.
    private void choose(KeyEvent key) {
        var selection = pages.getSelectionModel();
        if (key.getCode() == KeyCode.DOWN) {
            selection.selectNext();
        } else if (key.getCode() == KeyCode.UP) {
            selection.selectPrevious();
        } else {
            return;
        }
        pages.scrollTo(selection.getSelectedIndex());
        key.consume();
    }

    private static final class Title extends ListCell<HelpPage> {
        @Override
        protected void updateItem(@Nullable HelpPage page, boolean empty) {
            super.updateItem(page, empty);
            setText(page == null || empty ? "" : page.shortTitle());
        }
    }
}
