package dev.slipway.sandbox.visitors;

import dev.slipway.sandbox.generate.Dice;
import dev.slipway.shop.answers.NewOrder;
import dev.slipway.shop.answers.ShopRoutes;
import dev.slipway.shop.http.Json;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What visitors do: mostly browse, now and then a vendor looks at its figures, and some buy. The
/// same seed and shop give the same visits in the same order.
final class Habits {
    private static final int VISITORS = 5_000;
    private static final List<String> CATEGORIES =
            List.of("garden", "electronics", "books-fiction", "home-kitchen");

    private final Dice dice;
    private final Assortment assortment;
    private final int customers;
    private final int orders;
    private final String run;
    private long sold;

    /// @param run names this run of the visitors, so that its orders are not those of another
    Habits(long seed, Assortment assortment, int customers, int orders, String run) {
        this.dice = new Dice(seed);
        this.assortment = assortment;
        this.customers = customers;
        this.orders = orders;
        this.run = run;
    }

    Visit next() {
        String visitor = "v" + dice.below(VISITORS);
        double r = dice.unit();
        if (r < 0.30) {
            return look(visitor, products());
        } else if (r < 0.66) {
            return look(visitor, ShopRoutes.PRODUCTS + "/" + favourite(assortment.products(), 1.7));
        } else if (r < 0.78) {
            return look(
                    visitor,
                    ShopRoutes.VENDORS + "/" + favourite(assortment.vendors(), 2) + "/dashboard");
        } else if (r < 0.83) {
            return look(visitor, ShopRoutes.VENDORS);
        } else if (r < 0.95) {
            return look(visitor, ShopRoutes.ORDERS + "/" + (1 + dice.below(orders)));
        }
        return buy(visitor);
    }

    private static Visit look(String visitor, String target) {
        return new Visit(visitor, target, null, "");
    }

    private String products() {
        return dice.chance(0.5)
                ? ShopRoutes.PRODUCTS
                : ShopRoutes.PRODUCTS + "?category=" + dice.pick(CATEGORIES);
    }

    private int favourite(List<Integer> of, double power) {
        return of.get(dice.skewed(of.size(), power));
    }

    private Visit buy(String visitor) {
        int customer = 1 + dice.below(customers);
        Set<Integer> skus = new LinkedHashSet<>();
        for (int i = 0; i <= dice.below(3); i++) {
            skus.add(favourite(assortment.forSale(), 1.7));
        }
        List<NewOrder.Line> lines = new ArrayList<>();
        skus.forEach(sku -> lines.add(new NewOrder.Line(Integer.toString(sku), 1 + dice.below(3))));
        var buyer =
                new NewOrder.Buyer(
                        "Customer " + customer,
                        "c" + customer + "@mail" + customer % 97 + ".example");
        return new Visit(
                visitor,
                ShopRoutes.ORDERS,
                Json.text(new NewOrder(buyer, lines)),
                run + "-" + ++sold);
    }
}
