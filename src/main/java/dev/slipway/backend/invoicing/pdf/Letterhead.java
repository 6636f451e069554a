package dev.slipway.backend.invoicing.pdf;

import dev.slipway.backend.invoicing.document.InvoiceDocument;
import dev.slipway.backend.invoicing.document.Issue;
import dev.slipway.backend.invoicing.document.Party;
import dev.slipway.backend.invoicing.document.Words;
import dev.slipway.backend.invoicing.pdf.Sheet.Style;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Who writes to whom about what: the head of the first page, the shorter head of the others, and
/// the foot of all. The buyer's address stands in the window of an envelope.
final class Letterhead {
    static final float FIRST_TABLE = 318;
    static final float NEXT_TABLE = 92;
    static final float BOTTOM = Sheet.HEIGHT - 78;
    private static final float META = Sheet.LEFT + 290;
    private static final float META_WIDTH = Sheet.RIGHT - META;

    private final InvoiceDocument document;
    private final Issue issue;
    private final Words words;
    private final Styles styles;

    Letterhead(InvoiceDocument document, Issue issue, Words words, Styles styles) {
        this.document = document;
        this.issue = issue;
        this.words = words;
        this.styles = styles;
    }

    void first(Sheet sheet) {
        Party seller = document.seller();
        sheet.left(fitted(styles.brand(), seller.name(), 300), seller.name(), Sheet.LEFT, 58);
        contact(sheet, seller);
        sheet.rule(Sheet.ACCENT, 1.2f, Sheet.LEFT, Sheet.RIGHT, 100);
        buyer(sheet);
        meta(sheet);
        String title = document.gross().signum() < 0 ? "title.credit" : "title";
        sheet.left(styles.title(), words.text(title), Sheet.LEFT, 282);
        String intro = document.lines().isEmpty() ? "intro.none" : "intro";
        sheet.left(
                styles.body(),
                words.text(intro, words.date(document.businessDate())),
                Sheet.LEFT,
                304);
    }

    void next(Sheet sheet) {
        sheet.left(styles.strong(), document.seller().name(), Sheet.LEFT, 58);
        sheet.right(styles.body(), number() + "  ·  " + words.date(issue.date()), Sheet.RIGHT, 58);
        sheet.rule(Sheet.ACCENT, 1.2f, Sheet.LEFT, Sheet.RIGHT, 70);
    }

    void foot(Sheet sheet, int page, int pages) {
        float y = Sheet.HEIGHT - 46;
        sheet.rule(Sheet.HAIR, 0.6f, Sheet.LEFT, Sheet.RIGHT, y - 13);
        String place = words.text("page", page, pages);
        sheet.right(styles.tiny(), place, Sheet.RIGHT, y);
        List<String> facts = new ArrayList<>(List.of(document.seller().name()));
        facts.addAll(document.seller().address());
        if (document.seller().taxId() != null) {
            facts.add(words.text("tax-id") + " " + document.seller().taxId());
        }
        facts.add(words.text("iban") + " " + Closing.grouped(document.bank().iban()));
        var tiny = styles.tiny();
        float width = Sheet.RIGHT - Sheet.LEFT - 70;
        List<String> lines = tiny.face().wrap(String.join(" · ", facts), tiny.size(), width, 2);
        sheet.lines(tiny, lines, Sheet.LEFT, y, 9);
    }

    private void contact(Sheet sheet, Party seller) {
        List<String> lines = new ArrayList<>(seller.address());
        lines.add(country(seller.country()));
        add(lines, seller.email());
        float y = 44;
        for (String line : lines.stream().filter(l -> !l.isBlank()).limit(5).toList()) {
            sheet.right(styles.small(), line, Sheet.RIGHT, y);
            y += 11;
        }
    }

    private void buyer(Sheet sheet) {
        Party seller = document.seller();
        Party buyer = document.buyer();
        var tiny = styles.tiny();
        String sender = seller.name() + " · " + String.join(" · ", seller.address());
        sheet.lines(tiny, tiny.face().wrap(sender, tiny.size(), 240, 1), Sheet.LEFT, 137, 9);
        var strong = styles.strong();
        float y =
                sheet.lines(
                        strong,
                        strong.face().wrap(buyer.name(), strong.size(), 240, 3),
                        Sheet.LEFT,
                        153,
                        12.5f);
        List<String> lines = new ArrayList<>();
        var body = styles.body();
        buyer.address().forEach(line -> lines.addAll(body.face().wrap(line, body.size(), 240, 2)));
        if (!buyer.country().equals(seller.country())) {
            lines.add(country(buyer.country()));
        }
        sheet.lines(body, lines.stream().limit(6).toList(), Sheet.LEFT, y, 12.5f);
    }

    private void meta(Sheet sheet) {
        float y = 137;
        y = fact(sheet, "number", number(), y);
        y = fact(sheet, issue.draft() ? "date.draft" : "date", words.date(issue.date()), y);
        y = fact(sheet, "period", words.date(document.businessDate()), y);
        if (document.gross().signum() > 0) {
            y = fact(sheet, "due", words.date(issue.due()), y);
        }
        y = fact(sheet, "vendor", document.buyer().key(), y);
        if (document.buyer().taxId() != null) {
            y = fact(sheet, "your-tax-id", document.buyer().taxId(), y);
        }
        if (document.seller().taxId() != null) {
            fact(sheet, "tax-id", document.seller().taxId(), y);
        }
    }

    private float fact(Sheet sheet, String key, String value, float y) {
        sheet.left(styles.small(), words.text(key), META, y);
        Style style = styles.strong();
        float room = META_WIDTH - 70;
        List<String> lines = style.face().wrap(value, style.size(), room, 2);
        float at = y;
        for (String line : lines) {
            sheet.right(style, line, Sheet.RIGHT, at);
            at += 11;
        }
        return at + 4;
    }

    private String number() {
        return issue.number() == null ? words.text("draft.number") : issue.number();
    }

    private String country(String code) {
        return code.length() == 2
                ? Locale.of("", code).getDisplayCountry(Locale.forLanguageTag(document.locale()))
                : code;
    }

    private static void add(List<String> lines, @Nullable String line) {
        if (line != null) {
            lines.add(line);
        }
    }

    private static Style fitted(Style style, String text, float width) {
        float size = Math.min(style.size(), width / Math.max(1, style.face().width(text, 1)));
        return new Style(style.face(), size, style.colour());
    }
}
