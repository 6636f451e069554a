package dev.slipway.backend.metrics;

import dev.slipway.config.Configuration;
import dev.slipway.config.Section;

import java.net.URI;
import java.util.List;

/// Where the processes of the shop are, by the section `shop`: those that `processes` names, else
/// the one that the section itself describes.
public final class ShopProcesses {
    private static final String FORM = "https?://[^/?#@\\s]+/?";

    private ShopProcesses() {}

    /// The section is not closed: its other keys are the shop's.
    public static List<URI> read(Configuration configuration) {
        Section shop = configuration.section("shop");
        List<String> named = shop.texts("processes");
        for (String url : named) {
            if (!url.matches(FORM)) {
                shop.problem("processes", "'processes' must be URLs like http://10.0.0.5:7470");
                return List.of();
            }
        }
        if (!named.isEmpty()) {
            return named.stream().map(url -> URI.create(url.replaceAll("/$", ""))).toList();
        }
        int port = shop.has("port") ? shop.integer("port", 0) : 0;
        return port > 0
                ? List.of(URI.create("http://" + shop.text("host", "127.0.0.1") + ":" + port))
                : List.of();
    }
}
