package dev.slipway.backend.invoicing.sales;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Makes vendors and sales of the rows that the configured queries yield.
final class Rows {
    private final String query;
    private final ResultSet rows;
    private final List<String> columns = new ArrayList<>();

    private Rows(String query, ResultSet rows, String... required) throws SQLException {
        this.query = query;
        this.rows = rows;
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
            columns.add(rows.getMetaData().getColumnLabel(i).toLowerCase(Locale.ROOT));
        }
        for (String column : required) {
            require(column);
        }
    }

    static List<Vendor> vendors(ResultSet result) throws SQLException {
        var rows = new Rows("vendors", result, "key", "name");
        List<Vendor> vendors = new ArrayList<>();
        while (result.next()) {
            vendors.add(rows.vendor());
        }
        return vendors;
    }

    static List<Sale> sales(ResultSet result, String currency) throws SQLException {
        var rows = new Rows("sales", result, "vendor_key", "order_no", "description");
        rows.require("amount", "amount_cents");
        List<Sale> sales = new ArrayList<>();
        while (result.next()) {
            sales.add(rows.sale(currency));
        }
        return sales;
    }

    private Vendor vendor() throws SQLException {
        String address = text("address", "");
        return new Vendor(
                text("key"),
                text("name"),
                textOrNull("email"),
                Arrays.stream(address.split("\\R"))
                        .map(String::strip)
                        .filter(l -> !l.isEmpty())
                        .toList(),
                text("country", "").toUpperCase(Locale.ROOT),
                textOrNull("tax_id"),
                decimal("commission_rate", "commission_basis_points", 4));
    }

    private Sale sale(String currency) throws SQLException {
        BigDecimal amount = decimal("amount", "amount_cents", 2);
        if (amount == null) {
            throw new BadQuery("a sale of order " + text("order_no") + " has no amount");
        }
        BigDecimal quantity = columns.contains("quantity") ? rows.getBigDecimal("quantity") : null;
        String orderNo = text("order_no");
        return new Sale(
                text("vendor_key"),
                text("order_id", orderNo),
                orderNo,
                text("at", ""),
                text("description"),
                quantity == null ? BigDecimal.ONE : quantity,
                amount,
                text("currency", currency).toUpperCase(Locale.ROOT));
    }

    /// A decimal column, or a whole number of its smallest parts: exact where the database has no
    /// decimals.
    private @Nullable BigDecimal decimal(String decimal, String parts, int digits)
            throws SQLException {
        if (columns.contains(parts)) {
            String text = textOrNull(parts);
            return text == null ? null : number(parts, text).movePointLeft(digits);
        }
        String text = textOrNull(decimal);
        return text == null ? null : number(decimal, text);
    }

    private BigDecimal number(String column, String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new BadQuery(
                    "the query '%s' yields '%s' in column %s, which is no number"
                            .formatted(query, text, column));
        }
    }

    private String text(String column) throws SQLException {
        String text = textOrNull(column);
        if (text == null) {
            throw new BadQuery("the query '%s' yields a row without %s".formatted(query, column));
        }
        return text;
    }

    private String text(String column, String otherwise) throws SQLException {
        String text = textOrNull(column);
        return text == null ? otherwise : text;
    }

    private @Nullable String textOrNull(String column) throws SQLException {
        String text = columns.contains(column) ? rows.getString(column) : null;
        return text == null || text.isBlank() ? null : text.strip();
    }

    private void require(String... oneOf) {
        if (Arrays.stream(oneOf).noneMatch(columns::contains)) {
            throw new BadQuery(
                    "the query '%s' must yield the column %s; it yields %s"
                            .formatted(
                                    query, String.join(" or ", oneOf), String.join(", ", columns)));
        }
    }
}
