package dev.slipway.console.help;

import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.parser.Parser;

import java.util.function.Consumer;

/// Draws Markdown with labels and flowing text: headings, paragraphs, lists, code and links, which
/// is what the help pages use.
final class Markdown extends AbstractVisitor {
    private final Consumer<String> follow;
    private VBox block = new VBox();
    private TextFlow line = new TextFlow();
    private String style = "help-text";

    private Markdown(Consumer<String> follow) {
        this.follow = follow;
    }

    /// @param follow given the target of a link that is pressed
    static VBox draw(String text, Consumer<String> follow) {
        var markdown = new Markdown(follow);
        markdown.block.getStyleClass().add("help-page");
        Parser.builder().build().parse(text).accept(markdown);
        return markdown.block;
    }

    @Override
    public void visit(Heading heading) {
        flow("help-h" + Math.min(heading.getLevel(), 2), () -> visitChildren(heading));
    }

    @Override
    public void visit(Paragraph paragraph) {
        flow("help-text", () -> visitChildren(paragraph));
    }

    @Override
    public void visit(BulletList list) {
        visitChildren(list);
    }

    @Override
    public void visit(OrderedList list) {
        visitChildren(list);
    }

    @Override
    public void visit(ListItem item) {
        VBox outer = block;
        block = new VBox();
        block.getStyleClass().add("help-item");
        visitChildren(item);
        var mark = new Label(mark(item));
        mark.getStyleClass().add("help-mark");
        HBox.setHgrow(block, Priority.ALWAYS);
        outer.getChildren().add(new HBox(mark, block));
        block = outer;
    }

    private static String mark(ListItem item) {
        if (!(item.getParent() instanceof OrderedList list)) {
            return "•";
        }
        int number = list.getMarkerStartNumber() == null ? 1 : list.getMarkerStartNumber();
        for (var before = item.getPrevious(); before != null; before = before.getPrevious()) {
            number++;
        }
        return number + ".";
    }

    @Override
    public void visit(FencedCodeBlock code) {
        var label = new Label(code.getLiteral().stripTrailing());
        label.getStyleClass().addAll("code-text", "help-code");
        label.setMaxWidth(Double.MAX_VALUE);
        block.getChildren().add(label);
    }

    @Override
    public void visit(org.commonmark.node.Text text) {
        add(text.getLiteral());
    }

    @Override
    public void visit(SoftLineBreak wrapped) {
        add(" ");
    }

    @Override
    public void visit(HardLineBreak broken) {
        add("\n");
    }

    @Override
    public void visit(Code code) {
        var label = new Label(code.getLiteral());
        label.getStyleClass().add("key");
        line.getChildren().add(label);
    }

    @Override
    public void visit(StrongEmphasis strong) {
        styled("help-strong", () -> visitChildren(strong));
    }

    @Override
    public void visit(Emphasis emphasis) {
        styled("help-strong", () -> visitChildren(emphasis));
    }

    @Override
    public void visit(Link link) {
        var words = new StringBuilder();
        link.accept(
                new AbstractVisitor() {
                    @Override
                    public void visit(org.commonmark.node.Text text) {
                        words.append(text.getLiteral());
                    }
                });
        var hyperlink = new Hyperlink(words.toString());
        hyperlink.setOnAction(_ -> follow.accept(link.getDestination()));
        line.getChildren().add(hyperlink);
    }

    private void flow(String of, Runnable children) {
        line = new TextFlow();
        line.getStyleClass().add("help-flow");
        styled(of, children);
        block.getChildren().add(line);
    }

    private void styled(String inner, Runnable children) {
        String outer = style;
        style = inner;
        children.run();
        style = outer;
    }

    private void add(String words) {
        Node text = new Text(words);
        text.getStyleClass().add(style);
        line.getChildren().add(text);
    }
}
