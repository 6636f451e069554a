package dev.slipway.backend.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.slipway.api.Paths;
import dev.slipway.backend.http.Route;
import dev.slipway.backend.http.Routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Serves the OpenAPI document of all routes, its own among them.
public final class OpenApiRoutes implements Routes {
    private final List<Route> routes;

    /// @param others every other route of the server
    public OpenApiRoutes(List<Route> others) {
        List<Route> all = new ArrayList<>(others);
        List<ObjectNode> document = new ArrayList<>(1);
        Route own =
                new Route(
                        "GET",
                        Paths.OPENAPI,
                        Set.of(),
                        "This document",
                        null,
                        Object.class,
                        _ -> document.getFirst());
        all.add(own);
        document.add(OpenApiDocument.of(all));
        routes = List.of(own);
    }

    @Override
    public List<Route> routes() {
        return routes;
    }
}
