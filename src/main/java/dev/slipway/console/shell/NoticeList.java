package dev.slipway.console.shell;

import dev.slipway.client.http.Problem;
import dev.slipway.console.shell.Notices.Notice;

import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.javafx.FontIcon;

import java.text.MessageFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;

/// The notices as a stack over the screen, the newest on top. Escape dismisses the newest.
final class NoticeList {
    private final Notices notices;
    private final VBox place;
    private final ResourceBundle texts;
    private final Map<Notice, Node> cards = new IdentityHashMap<>();

    NoticeList(Notices notices, VBox place, ResourceBundle texts) {
        this.notices = notices;
        this.place = place;
        this.texts = texts;
        notices.all().addListener((ListChangeListener<Notice>) _ -> show());
        show();
    }

    /// What stays is not made anew: it may hold the keyboard's focus, and a key that is just being
    /// pressed.
    private void show() {
        List<Notice> all = notices.all();
        cards.keySet().removeIf(known -> all.stream().noneMatch(each -> each == known));
        place.getChildren().retainAll(cards.values());
        for (int i = 0; i < all.size(); i++) {
            if (!cards.containsKey(all.get(i))) {
                Node card = card(all.get(i));
                cards.put(all.get(i), card);
                place.getChildren().add(i, card);
            }
        }
        place.setManaged(!notices.all().isEmpty());
        place.setVisible(!notices.all().isEmpty());
    }

    private Node card(Notice notice) {
        return switch (notice) {
            case Notice.Info info -> card(notice, "info", "fth-info", info.text(), "", info.text());
            case Notice.Trouble(Problem problem, _) ->
                    card(
                            notice,
                            "trouble",
                            "fth-alert-octagon",
                            problem.title(),
                            problem instanceof Problem.Bug ? "" : problem.detail(),
                            String.join("\n", problem.title(), problem.detail(), reference(problem))
                                    .strip());
        };
    }

    private Node card(
            Notice notice, String style, String icon, String title, String detail, String copy) {
        var words = new VBox(label(title, "notice-title"));
        if (!detail.isEmpty()) {
            words.getChildren().add(label(detail, "muted"));
        }
        if (notice instanceof Notice.Trouble(Problem problem, _) && !reference(problem).isEmpty()) {
            words.getChildren().add(label(reference(problem), "caption"));
        }
        HBox.setHgrow(words, Priority.ALWAYS);
        var card = new HBox(new FontIcon(icon), words);
        if (notice instanceof Notice.Trouble) {
            var details = new Button(texts.getString("shell.notice.copy"));
            details.setMinWidth(Region.USE_PREF_SIZE);
            details.setId("notice-copy");
            details.setOnAction(
                    _ ->
                            Clipboard.getSystemClipboard()
                                    .setContent(Map.of(DataFormat.PLAIN_TEXT, copy)));
            card.getChildren().add(details);
        }
        var dismiss = new Button("", new FontIcon("fth-x"));
        dismiss.setId("notice-dismiss");
        dismiss.getStyleClass().addAll("flat", "button-icon");
        dismiss.setTooltip(new Tooltip(texts.getString("shell.notice.dismiss")));
        dismiss.setAccessibleText(texts.getString("shell.notice.dismiss"));
        dismiss.setOnAction(_ -> notices.dismiss(notice));
        card.getChildren().add(dismiss);
        card.getStyleClass().addAll("notice", style);
        return card;
    }

    private String reference(Problem problem) {
        return problem.reference().isEmpty()
                ? ""
                : MessageFormat.format(
                        texts.getString("shell.notice.reference"), problem.reference());
    }

    private static Label label(String text, String style) {
        var label = new Label(text);
        label.getStyleClass().add(style);
        label.setWrapText(true);
        return label;
    }
}
