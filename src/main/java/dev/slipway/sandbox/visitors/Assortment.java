package dev.slipway.sandbox.visitors;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.shop.answers.ShopRoutes;
import dev.slipway.shop.http.Json;
import dev.slipway.shop.http.Problem;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What the shop's first pages link to: visitors go where links lead.
///
/// @param products their numbers
/// @param forSale those of them that have a price
record Assortment(List<Integer> products, List<Integer> forSale, List<Integer> vendors) {
    private static final int PAGES = 4;
    private static final int PER_PAGE = 100;

    Assortment {
        products = List.copyOf(products);
        forSale = List.copyOf(forSale);
        vendors = List.copyOf(vendors);
    }

    /// Asks a shop by path and query.
    @FunctionalInterface
    interface Fetch {
        byte[] get(String target) throws IOException, InterruptedException;
    }

    /// Reads the first pages.
    ///
    /// @throws IOException if the shop doesn't show any
    static Assortment read(Fetch shop) throws IOException, InterruptedException {
        List<Integer> products = new ArrayList<>();
        List<Integer> forSale = new ArrayList<>();
        List<Integer> vendors = new ArrayList<>();
        for (JsonNode item : items(shop, ShopRoutes.PRODUCTS)) {
            products.add(item.path("id").asInt());
            if (item.path("price").isNumber()) {
                forSale.add(item.path("id").asInt());
            }
        }
        for (JsonNode item : items(shop, ShopRoutes.VENDORS)) {
            vendors.add(item.path("id").asInt());
        }
        if (forSale.isEmpty() || vendors.isEmpty()) {
            throw new IOException("the shop shows no products");
        }
        return new Assortment(products, forSale, vendors);
    }

    private static List<JsonNode> items(Fetch shop, String route)
            throws IOException, InterruptedException {
        List<JsonNode> items = new ArrayList<>();
        String after = "0";
        for (int page = 0; page < PAGES && !after.equals("null"); page++) {
            JsonNode answer = tree(shop.get(route + "?limit=" + PER_PAGE + "&after=" + after));
            answer.path("items").forEach(items::add);
            after = Objects.requireNonNullElse(answer.path("next").asText("null"), "null");
        }
        return items;
    }

    private static JsonNode tree(byte[] body) throws IOException {
        try {
            return Json.tree(body);
        } catch (Problem e) {
            throw new IOException("the shop's answer is no JSON", e);
        }
    }
}
