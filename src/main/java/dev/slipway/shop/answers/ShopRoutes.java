package dev.slipway.shop.answers;

import dev.slipway.shop.http.Ask;
import dev.slipway.shop.http.Problem;
import dev.slipway.shop.http.Reply;
import dev.slipway.shop.http.Route;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// The routes that both shops have: the same questions in the same words.
public final class ShopRoutes {
    public static final String ROOT = "/shop/v1";
    public static final String HEALTH = ROOT + "/health";
    public static final String PRODUCTS = ROOT + "/products";
    public static final String PRODUCT = PRODUCTS + "/{id}";
    public static final String VENDORS = ROOT + "/vendors";
    public static final String DASHBOARD = VENDORS + "/{id}/dashboard";
    public static final String ORDERS = ROOT + "/orders";
    public static final String ORDER = ORDERS + "/{id}";

    /// The header that names an order, so that it is taken once however often it is sent.
    public static final String REFERENCE = "Idempotency-Key";

    private static final int DEFAULT_LIMIT = 12;
    private static final int MAX_LIMIT = 100;
    private static final Pattern REFERENCE_FORM = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    /// Answers a question, perhaps from a cache.
    @FunctionalInterface
    public interface Answers {
        /// @param question names the question among all
        Reply to(String question, Supplier<Object> answer);
    }

    private final Shop shop;
    private final Answers answers;

    public ShopRoutes(Shop shop, Answers answers) {
        this.shop = shop;
        this.answers = answers;
    }

    public List<Route> reading() {
        return List.of(
                new Route("GET", PRODUCTS, this::products),
                new Route("GET", PRODUCT, this::product),
                new Route("GET", VENDORS, this::vendors),
                new Route("GET", DASHBOARD, this::dashboard),
                new Route("GET", ORDER, this::order));
    }

    private Reply products(Ask ask) {
        Optional<String> category = ask.query("category").filter(slug -> !slug.isEmpty());
        long after = after(ask);
        int limit = limit(ask);
        return answers.to(
                "products?" + after + "&" + limit + "&" + category.orElse(""),
                () -> shop.products(category, after, limit));
    }

    private Reply product(Ask ask) {
        long id = ask.id("id");
        return answers.to("product/" + id, () -> shop.product(id));
    }

    private Reply vendors(Ask ask) {
        long after = after(ask);
        int limit = limit(ask);
        return answers.to("vendors?" + after + "&" + limit, () -> shop.vendors(after, limit));
    }

    private Reply dashboard(Ask ask) {
        long id = ask.id("id");
        return answers.to("dashboard/" + id, () -> shop.dashboard(id));
    }

    private Reply order(Ask ask) {
        long id = ask.id("id");
        return answers.to("order/" + id, () -> shop.order(id));
    }

    private static long after(Ask ask) {
        return ask.query("after", 0, Integer.MAX_VALUE, 0);
    }

    private static int limit(Ask ask) {
        return (int) ask.query("limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
    }

    /// What the sender calls an order; a new name if they call it nothing.
    ///
    /// @throws Problem 400 if the name is not 1 to 64 letters, digits or `._:-`
    public static String reference(Ask ask) {
        String reference = ask.header(REFERENCE).orElseGet(() -> UUID.randomUUID().toString());
        if (!REFERENCE_FORM.matcher(reference).matches()) {
            throw Problem.badRequest(
                    REFERENCE + " must be 1 to 64 letters, digits, dots, colons or hyphens.");
        }
        return reference;
    }
}
