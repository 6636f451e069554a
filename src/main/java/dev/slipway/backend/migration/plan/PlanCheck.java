package dev.slipway.backend.migration.plan;

/// A validation that a plan states itself: two queries whose results must be equal.
///
/// @param sourceLine where the source's query stands in the plan
/// @param targetLine where the target's does
public record PlanCheck(
        int line, String name, String source, int sourceLine, String target, int targetLine) {}
