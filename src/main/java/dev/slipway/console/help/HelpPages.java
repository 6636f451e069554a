package dev.slipway.console.help;

import dev.slipway.console.shell.Screen;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/// All pages of the help: one for each screen, and those for what can happen.
public final class HelpPages {
    private static final List<String> TOPICS =
            List.of(
                    "launch-night",
                    "offline",
                    "migration-red",
                    "plans",
                    "invoice-not-sent",
                    "first-start",
                    "workers",
                    "keys");

    private HelpPages() {}

    /// The names of all pages in the order of the list.
    static List<String> names() {
        return Stream.concat(Stream.of(Screen.values()).map(Screen::helpPage), TOPICS.stream())
                .toList();
    }

    static List<HelpPage> load() {
        return names().stream().map(HelpPages::load).toList();
    }

    private static HelpPage load(String name) {
        String file = "/assets/help/" + name + ".md";
        try (InputStream in = HelpPages.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing");
            }
            return HelpPage.of(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
