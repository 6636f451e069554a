package dev.slipway.api.migration;

/// How fast a run may read, changed while it goes on: it holds from the next chunk on. The body of
/// `POST /api/v1/migrations/runs/{id}/pace`, and part of a run.
///
/// @param rowsPerSecond the most rows read in a second; 0: as the plan says
/// @param chunkRows the most rows of a chunk; 0: as the plan says
public record Pace(int rowsPerSecond, int chunkRows) {
    /// As the plan says.
    public static final Pace OF_PLAN = new Pace(0, 0);
}
