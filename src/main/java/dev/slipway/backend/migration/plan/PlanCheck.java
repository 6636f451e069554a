package dev.slipway.backend.migration.plan;

/// A validation that a plan states itself: two queries whose results must be equal.
public record PlanCheck(int line, String name, String source, String target) {}
