package dev.slipway.sandbox.compare;

import dev.slipway.sandbox.generate.Dice;
import dev.slipway.sandbox.generate.Size;
import dev.slipway.shop.answers.ShopRoutes;

import java.util.List;
import java.util.stream.Stream;

/// What both shops are asked: from a seed, over all that was generated, and now and then for what
/// is not there.
final class Questions {
    private static final List<String> CATEGORIES =
            List.of("garden", "electronics", "books-fiction", "home-kitchen", "m%C3%B6bel");

    private final Dice dice;
    private final Size size;

    Questions(long seed, Size size) {
        this.dice = new Dice(seed);
        this.size = size;
    }

    List<String> next(int count) {
        return Stream.generate(this::next).limit(count).toList();
    }

    private String next() {
        return switch (dice.below(5)) {
            case 0 -> page();
            case 1 -> ShopRoutes.PRODUCTS + "/" + id(size.products());
            case 2 -> ShopRoutes.VENDORS + "?after=" + dice.below(size.vendors());
            case 3 -> ShopRoutes.VENDORS + "/" + id(size.vendors()) + "/dashboard";
            default -> ShopRoutes.ORDERS + "/" + id(size.orders());
        };
    }

    private String page() {
        String page = ShopRoutes.PRODUCTS + "?after=" + dice.below(size.products());
        return dice.chance(0.5) ? page : page + "&category=" + dice.pick(CATEGORIES);
    }

    private int id(int most) {
        return 1 + dice.below(most + most / 50 + 1);
    }
}
