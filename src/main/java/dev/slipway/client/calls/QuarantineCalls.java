package dev.slipway.client.calls;

import dev.slipway.api.Page;
import dev.slipway.api.Paths;
import dev.slipway.api.migration.ActOnQuarantine;
import dev.slipway.api.migration.CorrectQuarantine;
import dev.slipway.api.migration.QuarantineActed;
import dev.slipway.api.migration.QuarantineReason;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.api.migration.ReplayQuarantine;
import dev.slipway.api.migration.Replayed;
import dev.slipway.api.migration.Run;
import dev.slipway.client.http.Calls;
import dev.slipway.client.http.ProblemException;

import okhttp3.HttpUrl;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/// The rows that a run set aside, and what becomes of them.
public final class QuarantineCalls {
    private final Calls calls;

    public QuarantineCalls(Calls calls) {
        this.calls = calls;
    }

    public Page<Quarantined> rows(QuarantineQuery query, @Nullable String cursor)
            throws ProblemException {
        return calls.page(chosen(Paths.RUN_QUARANTINE, query), cursor, Quarantined.class);
    }

    /// The rows as CSV.
    public byte[] csv(QuarantineQuery query) throws ProblemException {
        return calls.bytes(chosen(Paths.RUN_QUARANTINE_EXPORT, query));
    }

    public QuarantineActed correct(String runId, CorrectQuarantine correction)
            throws ProblemException {
        return calls.command(
                "POST", Paths.RUN_QUARANTINE_CORRECT, correction, QuarantineActed.class, runId);
    }

    public QuarantineActed accept(String runId, ActOnQuarantine act) throws ProblemException {
        return calls.command(
                "POST", Paths.RUN_QUARANTINE_ACCEPT, act, QuarantineActed.class, runId);
    }

    public QuarantineActed reopen(String runId, ActOnQuarantine act) throws ProblemException {
        return calls.command(
                "POST", Paths.RUN_QUARANTINE_REOPEN, act, QuarantineActed.class, runId);
    }

    public Run replay(String runId, ReplayQuarantine replay) throws ProblemException {
        return calls.command("POST", Paths.RUN_QUARANTINE_REPLAY, replay, Run.class, runId);
    }

    public Page<Replayed> replays(String runId) throws ProblemException {
        return calls.page(calls.url(Paths.RUN_REPLAYS, runId), null, Replayed.class);
    }

    public Page<QuarantineReason> reasons(String runId) throws ProblemException {
        return calls.page(
                calls.url(Paths.RUN_QUARANTINE_REASONS, runId), null, QuarantineReason.class);
    }

    private HttpUrl.Builder chosen(String path, QuarantineQuery query) {
        var url = calls.url(path, query.runId());
        Calls.with(url, "step", query.step());
        if (query.column() != null) {
            url.addQueryParameter("column", query.column());
        }
        Calls.with(url, "rule", query.rule());
        Calls.with(
                url,
                "state",
                query.state() == null ? null : query.state().name().toLowerCase(Locale.ROOT));
        Calls.with(url, "text", query.text());
        return url;
    }
}
