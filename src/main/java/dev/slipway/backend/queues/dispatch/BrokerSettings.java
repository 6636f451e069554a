package dev.slipway.backend.queues.dispatch;

import dev.slipway.config.Configuration;
import dev.slipway.config.Section;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// What the section `queues` says of the broker that carries jobs.
///
/// @param url `amqp://host:port/vhost` or `amqps:`, without user and password
/// @param prefix of the names of its exchanges and queues
public record BrokerSettings(URI url, String user, String password, String prefix) {
    private static final URI NOWHERE = URI.create("amqp://localhost");

    /// @return empty if no broker is named: then workers look for jobs in the state database
    public static Optional<BrokerSettings> read(Configuration configuration) {
        try (Section queues = configuration.section("queues")) {
            Section broker = queues.section("broker");
            if (broker == null) {
                return Optional.empty();
            }
            try (broker) {
                var settings =
                        new BrokerSettings(
                                url(broker),
                                broker.text("user", "guest"),
                                configuration.secret(broker, "password"),
                                broker.text("prefix", "slipway"));
                if (!settings.prefix.matches("[A-Za-z0-9._-]{1,80}")) {
                    broker.problem(
                            "prefix", "'prefix' has letters, digits, dots, dashes, underscores");
                }
                return Optional.of(settings);
            }
        }
    }

    private static URI url(Section broker) {
        String text = broker.text("url");
        try {
            URI url = new URI(text);
            boolean amqp = "amqp".equals(url.getScheme()) || "amqps".equals(url.getScheme());
            if (amqp && url.getHost() != null && url.getUserInfo() == null) {
                return url;
            }
            broker.problem(
                    "url",
                    url.getUserInfo() != null
                            ? "'url' must not hold a user or password: give 'user' and"
                                    + " 'password-file'"
                            : "'url' must be like amqp://host:5672/vhost, not '" + text + "'");
        } catch (URISyntaxException e) {
            broker.problem("url", "'url' is no URL: " + e.getMessage());
        }
        return NOWHERE;
    }

    /// Leaves the password out: a record's text ends up in logs.
    @Override
    public String toString() {
        return "BrokerSettings[url=" + url + ", user=" + user + ", prefix=" + prefix + "]";
    }
}
