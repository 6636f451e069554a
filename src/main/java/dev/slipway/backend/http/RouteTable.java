package dev.slipway.backend.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// All routes, found by method and path. A literal segment goes before a parameter.
final class RouteTable {
    private final List<Route> routes;
    private final Map<Route, List<String>> templates = new HashMap<>();

    RouteTable(List<Route> routes) {
        this.routes =
                routes.stream()
                        .sorted((a, b) -> Long.compare(parameters(a), parameters(b)))
                        .toList();
        var seen = new HashMap<String, Route>();
        for (Route route : routes) {
            String shape = route.method() + " " + route.path().replaceAll("\\{[^}]*}", "{}");
            if (seen.put(shape, route) != null) {
                throw new IllegalArgumentException("two routes for " + shape);
            }
            templates.put(route, List.of(route.path().split("/", -1)));
        }
    }

    /// What a method and a path lead to.
    sealed interface Match {
        record Found(Route route, Map<String, String> parameters) implements Match {}

        /// @param allowed the methods that there are, for the `Allow` header
        record WrongMethod(String allowed) implements Match {}

        record Unknown() implements Match {}
    }

    /// @param segments the decoded path, split at `/`
    Match match(String method, List<String> segments) {
        var allowed = new TreeSet<String>();
        for (Route route : routes) {
            Map<String, String> parameters = new HashMap<>();
            if (fits(template(route), segments, parameters)) {
                if (route.method().equals(method)) {
                    return new Match.Found(route, parameters);
                }
                allowed.add(route.method());
            }
        }
        return allowed.isEmpty()
                ? new Match.Unknown()
                : new Match.WrongMethod(String.join(", ", allowed));
    }

    private List<String> template(Route route) {
        return templates.getOrDefault(route, List.of());
    }

    private static boolean fits(
            List<String> template, List<String> segments, Map<String, String> parameters) {
        if (template.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < template.size(); i++) {
            String expected = template.get(i);
            String found = segments.get(i);
            if (expected.startsWith("{") && !found.isEmpty()) {
                parameters.put(expected.substring(1, expected.length() - 1), found);
            } else if (!expected.equals(found)) {
                return false;
            }
        }
        return true;
    }

    private static long parameters(Route route) {
        return new ArrayList<>(List.of(route.path().split("/", -1)))
                .stream().filter(s -> s.startsWith("{")).count();
    }
}
