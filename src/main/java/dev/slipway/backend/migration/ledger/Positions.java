package dev.slipway.backend.migration.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import dev.slipway.backend.migration.source.Position;

import java.sql.SQLException;
import java.util.Optional;

/// Where the source's log of changes stood when a run began, in the column `source_position` of the
/// ledger's `run`, as JSON: `file`, `offset`, `gtid`, `unknown`.
public final class Positions {
    private static final ObjectMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    private final Ledger ledger;

    public Positions(Ledger ledger) {
        this.ledger = ledger;
    }

    /// Notes it, once: a run that goes on keeps what it began with. The caller commits.
    public void begin(String runId, Position position) throws SQLException {
        try {
            ledger.update(
                    "UPDATE "
                            + ledger.table("run")
                            + " SET source_position = ? WHERE id = ? AND source_position IS NULL",
                    JSON.writeValueAsString(position),
                    runId);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What a run began with; empty for one that began before positions were noted.
    public Optional<Position> of(String runId) throws SQLException {
        String sql = "SELECT source_position FROM " + ledger.table("run") + " WHERE id = ?";
        try (var statement = ledger.prepare(sql, runId);
                var row = statement.executeQuery()) {
            String json = row.next() ? row.getString(1) : null;
            return json == null
                    ? Optional.empty()
                    : Optional.of(JSON.readValue(json, Position.class));
        } catch (JsonProcessingException e) {
            throw new SQLException("run " + runId + ": the ledger's source_position is no JSON", e);
        }
    }
}
