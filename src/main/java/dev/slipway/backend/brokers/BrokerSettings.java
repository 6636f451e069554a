package dev.slipway.backend.brokers;

import dev.slipway.api.brokers.BrokerAccess;
import dev.slipway.config.Configuration;
import dev.slipway.config.Section;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// One entry of `brokers`.
///
/// @param url of the management interface
/// @param amqp where messages are moved over, `amqp://host:port`; null for what the management
///   interface says
record BrokerSettings(
        String name,
        URI url,
        @Nullable URI amqp,
        String user,
        String password,
        BrokerAccess access) {

    static List<BrokerSettings> read(Configuration configuration) {
        List<BrokerSettings> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Section section : configuration.list("brokers")) {
            try (section) {
                all.add(one(configuration, section, names));
            }
        }
        return all;
    }

    private static BrokerSettings one(
            Configuration configuration, Section section, Set<String> names) {
        String name = section.text("name");
        if (!name.isEmpty() && !name.matches("[A-Za-z0-9._-]{1,40}")) {
            section.problem("name", "'name' must be 1 to 40 letters, digits, dots or hyphens");
        } else if (!names.add(name)) {
            section.problem("name", "there are two brokers '" + name + "'");
        }
        URI url = url(section, "url", section.text("url"), "https?", "http://127.0.0.1:15672");
        String amqp = section.textOrNull("amqp");
        return new BrokerSettings(
                name,
                url,
                amqp == null ? null : url(section, "amqp", amqp, "amqps?", "amqp://127.0.0.1:5672"),
                section.text("user"),
                configuration.secret(section, "password"),
                access(section));
    }

    private static URI url(
            Section section, String key, String text, String scheme, String example) {
        if (text.matches(scheme + "://[^/?#@\\s]+(/[^?#@\\s]*)?")) {
            return URI.create(text.replaceAll("/+$", ""));
        }
        if (!text.isEmpty()) {
            section.problem(
                    key,
                    "'"
                            + key
                            + "' must be like "
                            + example
                            + ", without user and password: those are 'user' and 'password-file'");
        }
        return URI.create(example);
    }

    private static BrokerAccess access(Section section) {
        String access = section.text("access", "read");
        for (BrokerAccess each : BrokerAccess.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(access)) {
                return each;
            }
        }
        section.problem("access", "'access' must be read, look or move, not '" + access + "'");
        return BrokerAccess.READ;
    }

    @Override
    public String toString() {
        return name + " at " + url;
    }
}
