package dev.slipway.shop.http;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One question that a server answers.
///
/// @param template the path, with `{name}` for its parameters; `/**` at its end takes all below
public record Route(String method, String template, Handler handler) {

    /// Answers a question.
    @FunctionalInterface
    public interface Handler {
        Reply answer(Ask ask);
    }

    /// The values of the template's parameters, or empty if the path is another.
    Optional<Map<String, String>> match(List<String> path) {
        List<String> parts = Arrays.asList(template.split("/", -1));
        boolean below = parts.getLast().equals("**");
        if (below ? path.size() < parts.size() : path.size() != parts.size()) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < parts.size() - (below ? 1 : 0); i++) {
            String part = parts.get(i);
            if (part.startsWith("{")) {
                values.put(part.substring(1, part.length() - 1), path.get(i));
            } else if (!part.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }
}
