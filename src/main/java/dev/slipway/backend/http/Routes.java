package dev.slipway.backend.http;

import java.util.List;

/// The routes of one feature: its constructor is the route table.
public interface Routes {
    List<Route> routes();
}
