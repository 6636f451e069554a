package dev.slipway.shop.answers;

/// A vendor as it is named on other answers.
public record VendorRef(long id, String name) {}
