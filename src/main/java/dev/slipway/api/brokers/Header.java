package dev.slipway.api.brokers;

/// A header or property of a message, its value as text.
public record Header(String name, String value) {}
