package dev.slipway.sandbox.visitors;

import org.jspecify.annotations.Nullable;

/// One request of a visitor.
///
/// @param visitor names the visitor
/// @param target path and query
/// @param order the body if it is an order, else null
/// @param reference what the visitor calls the order; empty if it is none
public record Visit(String visitor, String target, @Nullable String order, String reference) {}
