package dev.slipway.backend.invoicing.pdf;

import dev.slipway.backend.invoicing.document.InvoiceDocument;
import dev.slipway.backend.invoicing.document.Issue;
import dev.slipway.backend.invoicing.document.TaxCategory;
import dev.slipway.backend.invoicing.document.TaxTotal;
import dev.slipway.backend.invoicing.document.Words;

import java.util.ArrayList;
import java.util.List;

/// What follows the last line: the tax table, the totals, the notes that the law asks for, and how
/// to pay. It is never parted by a page's end.
final class Closing {
    private static final float LEADING = 12.5f;
    private static final float MIDDLE = Sheet.LEFT + 262;

    private final InvoiceDocument document;
    private final Issue issue;
    private final Words words;
    private final Styles styles;
    private final List<String> notes = new ArrayList<>();
    private final List<String> payment;

    Closing(InvoiceDocument document, Issue issue, Words words, Styles styles) {
        this.document = document;
        this.issue = issue;
        this.words = words;
        this.styles = styles;
        var style = styles.body();
        for (TaxTotal tax : document.taxes()) {
            if (!tax.note().isBlank()) {
                notes.addAll(style.face().wrap(tax.note(), style.size(), width(), 6));
            }
        }
        this.payment = style.face().wrap(paymentTerms(), style.size(), width(), 4);
    }

    float height() {
        return 12
                + tables()
                + 14
                + (notes.isEmpty() ? 0 : notes.size() * LEADING + 8)
                + payment.size() * LEADING
                + (payable() ? 4 + 5 * LEADING : 0);
    }

    void draw(Sheet sheet, float top) {
        float y = top + 12;
        taxTable(sheet, y);
        totals(sheet, y);
        y += tables() + 14;
        y = sheet.lines(styles.body(), notes, Sheet.LEFT, y, LEADING);
        y += notes.isEmpty() ? 0 : 8;
        y = sheet.lines(styles.body(), payment, Sheet.LEFT, y, LEADING);
        if (payable()) {
            account(sheet, y + 4);
        }
    }

    private static float width() {
        return Sheet.RIGHT - Sheet.LEFT;
    }

    private boolean payable() {
        return document.gross().signum() > 0;
    }

    private float tables() {
        return Math.max(22 + document.taxes().size() * 15, 30 + document.taxes().size() * 15 + 22);
    }

    private void taxTable(Sheet sheet, float top) {
        float y = top + 10;
        float percent = Sheet.LEFT + 120;
        float base = Sheet.LEFT + 190;
        float amount = MIDDLE - 14;
        var head = styles.smallStrong();
        sheet.left(head, words.text("tax.table"), Sheet.LEFT, y);
        sheet.right(head, words.text("tax.percent"), percent, y);
        sheet.right(head, words.text("tax.base"), base, y);
        sheet.right(head, words.text("tax.amount"), amount, y);
        sheet.rule(Sheet.HAIR, 0.8f, Sheet.LEFT, amount, y + 5);
        for (TaxTotal tax : document.taxes()) {
            y += 15;
            var name = styles.small();
            String shown =
                    name.face()
                            .wrap(words.text("tax." + tax.category()), name.size(), 90, 1)
                            .get(0);
            sheet.left(name, shown, Sheet.LEFT, y);
            sheet.right(styles.small(), words.percent(tax.percent()), percent, y);
            sheet.right(styles.small(), words.amount(tax.base()), base, y);
            sheet.right(styles.small(), words.amount(tax.tax()), amount, y);
        }
    }

    private void totals(Sheet sheet, float top) {
        float y = top + 10;
        float right = Sheet.RIGHT - 4;
        sheet.left(styles.body(), words.text("net"), MIDDLE + 8, y);
        sheet.right(styles.body(), words.money(document.net()), right, y);
        for (TaxTotal tax : document.taxes()) {
            y += 15;
            sheet.left(styles.body(), label(tax), MIDDLE + 8, y);
            sheet.right(styles.body(), words.money(tax.tax()), right, y);
        }
        sheet.box(Sheet.TINT, MIDDLE, Sheet.RIGHT, y + 7, y + 31);
        sheet.rule(Sheet.ACCENT, 1.2f, MIDDLE, Sheet.RIGHT, y + 7);
        String gross = document.gross().signum() < 0 ? "gross.credit" : "gross";
        sheet.left(styles.total(), words.text(gross), MIDDLE + 8, y + 23);
        sheet.right(styles.total(), words.money(document.gross()), right, y + 23);
    }

    private String label(TaxTotal tax) {
        String name =
                words.text(
                        "tax."
                                + (tax.category() == TaxCategory.REVERSE_CHARGE
                                        ? TaxCategory.STANDARD
                                        : tax.category()));
        return tax.category() == TaxCategory.OUTSIDE_SCOPE || tax.category() == TaxCategory.EXEMPT
                ? name
                : name + " " + words.percent(tax.percent());
    }

    private String paymentTerms() {
        return switch (document.gross().signum()) {
            case 1 ->
                    words.text(
                            "pay",
                            words.money(document.gross()),
                            words.date(issue.due()),
                            reference());
            case 0 -> words.text("pay.none");
            default -> words.text("pay.credit", words.money(document.gross().negate()));
        };
    }

    private String reference() {
        return issue.number() == null ? words.text("pay.number") : issue.number();
    }

    private void account(Sheet sheet, float top) {
        float y = top;
        y = pair(sheet, words.text("holder"), document.seller().name(), y);
        y = pair(sheet, words.text("iban"), grouped(document.bank().iban()), y);
        if (!document.bank().bic().isEmpty()) {
            y = pair(sheet, words.text("bic"), document.bank().bic(), y);
        }
        if (!document.bank().name().isEmpty()) {
            y = pair(sheet, words.text("bank"), document.bank().name(), y);
        }
        if (!issue.draft()) {
            pair(sheet, words.text("reference"), reference(), y);
        }
    }

    private float pair(Sheet sheet, String label, String value, float y) {
        sheet.left(styles.small(), label, Sheet.LEFT, y);
        sheet.left(styles.strong(), value, Sheet.LEFT + 90, y);
        return y + LEADING;
    }

    /// An IBAN as people read it: in groups of four.
    static String grouped(String iban) {
        return iban.replace(" ", "").replaceAll("(.{4})(?!$)", "$1 ");
    }
}
