package dev.slipway.shop;

import dev.slipway.config.Configuration;
import dev.slipway.config.Section;
import dev.slipway.shop.cache.CacheSettings;

import java.net.URI;
import java.nio.file.Path;

/// The section `shop`.
///
/// @param port 0 for any that is free
/// @param legacy where the legacy shop is, which takes the orders until the cut-over
/// @param tokenFile holds the service token that every question needs
/// @param intake the SQLite file that keeps the orders until legacy has taken them
/// @param cache what stands before the database
/// @param database where the shop's own database is, a JDBC URL
public record ShopSettings(
        String host,
        int port,
        URI legacy,
        Path tokenFile,
        Path intake,
        CacheSettings cache,
        String database) {
    private static final int LAST_PORT = 65_535;

    /// @throws dev.slipway.config.BadFile if the configuration is not whole
    public static ShopSettings read(Configuration configuration) {
        String database = configuration.database("shop").url();
        ShopSettings settings;
        try (var section = configuration.section("shop")) {
            // the backend's: which processes there are
            section.texts("processes");
            settings =
                    new ShopSettings(
                            section.text("host", "127.0.0.1"),
                            port(section, "port"),
                            url(section, "legacy"),
                            configuration.path(section.text("token-file")),
                            configuration.path(section.text("intake", "shop/intake.sqlite")),
                            CacheSettings.read(configuration, section.section("cache")),
                            database);
        }
        configuration.check();
        return settings;
    }

    /// A port of a section; a problem if it is none.
    public static int port(Section section, String key) {
        int port = section.integer(key, 0);
        if (port < 0 || port > LAST_PORT) {
            section.problem(key, "'" + key + "' must be from 0 to " + LAST_PORT);
        }
        return port;
    }

    private static URI url(Section section, String key) {
        String text = section.text(key);
        try {
            URI url = URI.create(text);
            if (text.isEmpty() || "http".equals(url.getScheme()) && url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // told below, as for a text that is a URI but no URL
        }
        section.problem(key, "'" + key + "' must be an http URL, not '" + text + "'");
        return URI.create("");
    }

    public URI url() {
        return URI.create("http://" + host + ":" + port);
    }
}
