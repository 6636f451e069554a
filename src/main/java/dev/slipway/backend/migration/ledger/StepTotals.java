package dev.slipway.backend.migration.ledger;

/// What a step's chunks add up to.
public record StepTotals(Counts counts, int chunksDone, int chunks) {}
