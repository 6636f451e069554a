package dev.slipway.console.queues;

import dev.slipway.api.queues.FailureGroup;
import dev.slipway.console.table.Figures;

import java.time.Instant;

/// Dead jobs of one fault as the table shows them.
public record FailureRow(FailureGroup group, String latest) {
    static FailureRow of(FailureGroup group, Instant now) {
        return new FailureRow(group, Figures.moment(group.last(), now));
    }
}
