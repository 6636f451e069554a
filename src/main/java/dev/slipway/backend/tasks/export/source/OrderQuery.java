package dev.slipway.backend.tasks.export.source;

import dev.slipway.backend.tasks.export.file.Column;
import dev.slipway.config.Database;

import java.time.ZoneId;
import java.util.Map;

/// How the shop's orders are read.
///
/// @param types what columns hold whose type the database does not tell, by name
/// @param zone where a date begins and ends, and of times that have no zone
public record OrderQuery(Database database, String sql, Map<String, Column> types, ZoneId zone) {
    public OrderQuery {
        types = Map.copyOf(types);
    }
}
