package dev.slipway.console.exports;

import dev.slipway.api.tasks.Export;
import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.api.tasks.ExportState;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.Format;
import dev.slipway.console.table.Figures;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// An export as the table shows it.
///
/// @param mark the pseudo-class that its row has
/// @param progress what it does now or how it ended, in words
/// @param share from 0 to 1 of the rows that are written; negative while no one can tell
public record ExportRow(
        Export export,
        String what,
        String chosen,
        String state,
        String mark,
        String progress,
        double share,
        String rows,
        String size,
        String asOf,
        String expires) {

    static ExportRow of(Export export, Instant now, Wording words) {
        Long total = export.total();
        return new ExportRow(
                export,
                words.of("exportOf", export.what()) + " · " + export.format().ending(),
                chosen(export.which(), words),
                export.lost() ? words.say("exports.lost") : words.of("exportState", export.state()),
                export.lost() ? "lost" : export.state().name().toLowerCase(Locale.ROOT),
                progress(export, words),
                total == null ? -1 : total == 0 ? 1 : (double) export.rows() / total,
                total == null ? Figures.UNKNOWN : Figures.count(export.rows()),
                export.bytes() == null ? Figures.UNKNOWN : Format.bytes(export.bytes()),
                export.lastAsOf() == null
                        ? Figures.moment(export.asOf(), now)
                        : words.say("exports.two"),
                expires(export, now, words));
    }

    /// Which rows it means, for a person.
    static String chosen(ExportFilter which, Wording words) {
        List<String> parts = new ArrayList<>();
        if (which.from() != null || which.to() != null) {
            parts.add(
                    words.say(
                            "exports.dates",
                            Objects.requireNonNullElse(which.from(), "…").toString(),
                            Objects.requireNonNullElse(which.to(), "…").toString()));
        }
        add(parts, words, "exports.vendorIs", which.vendor());
        add(parts, words, "exports.runIs", which.run());
        add(parts, words, "exports.stepIs", which.step());
        add(parts, words, "exports.columnIs", which.column());
        add(parts, words, "exports.ruleIs", which.rule());
        add(parts, words, "exports.stateIs", which.state());
        add(parts, words, "exports.textIs", which.text());
        return parts.isEmpty() ? words.say("exports.everything") : String.join(", ", parts);
    }

    private static void add(List<String> parts, Wording words, String key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            parts.add(words.say(key, value));
        }
    }

    private static String progress(Export export, Wording words) {
        Long total = export.total();
        Long eta = export.etaSeconds();
        String reason = Objects.requireNonNullElse(export.reason(), "");
        return switch (export.state()) {
            case QUEUED -> reason.isEmpty() ? words.say("exports.waits") : reason;
            case RUNNING ->
                    total == null
                            ? words.say("exports.counts")
                            : words.say(
                                    eta == null ? "exports.writes" : "exports.writesFor",
                                    Figures.count(export.rows()),
                                    Figures.count(total),
                                    eta == null ? "" : Figures.duration(Duration.ofSeconds(eta)));
            case READY -> export.lost() ? reason : words.say("exports.checksum", checksum(export));
            case FAILED, CANCELLED -> reason;
            case EXPIRED -> words.say("exports.gone");
        };
    }

    private static String checksum(Export export) {
        String sha256 = Objects.requireNonNullElse(export.sha256(), "");
        return sha256.substring(0, Math.min(12, sha256.length()));
    }

    private static String expires(Export export, Instant now, Wording words) {
        Instant at = export.expiresAt();
        if (export.state() != ExportState.READY || at == null) {
            return Figures.UNKNOWN;
        }
        return at.isAfter(now)
                ? words.say("exports.in", Figures.duration(Duration.between(now, at)))
                : words.say("exports.now");
    }
}
