package dev.slipway.api.migration;

/// Something wrong in a plan.
///
/// @param line from 1, or 0 if the problem belongs to no line
/// @param column from 1
/// @param message what was wrong and what was expected
public record PlanProblem(int line, int column, String message) {}
