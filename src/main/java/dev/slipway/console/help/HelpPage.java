package dev.slipway.console.help;

import java.util.Arrays;
import java.util.Locale;

/// A page of the help.
///
/// @param name of its file without `.md`
/// @param title its first heading, an operator's question
/// @param text Markdown
public record HelpPage(String name, String title, String text) {

    static HelpPage of(String name, String text) {
        String first = text.lines().findFirst().orElse("");
        if (!first.startsWith("# ")) {
            throw new IllegalArgumentException(name + ".md does not begin with its title");
        }
        return new HelpPage(name, first.substring(2).strip(), text);
    }

    /// The title without its question, where it names a thing first.
    String shortTitle() {
        int colon = title.indexOf(':');
        return colon < 0 ? title : title.substring(0, colon);
    }

    /// Whether it has all words of a query.
    boolean has(String query) {
        String all = text.toLowerCase(Locale.ROOT);
        return Arrays.stream(query.toLowerCase(Locale.ROOT).strip().split("\\s+"))
                .allMatch(all::contains);
    }
}
