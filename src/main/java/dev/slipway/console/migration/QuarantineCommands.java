package dev.slipway.console.migration;

import dev.slipway.api.Page;
import dev.slipway.api.migration.ActOnQuarantine;
import dev.slipway.api.migration.CorrectQuarantine;
import dev.slipway.api.migration.QuarantineActed;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.api.migration.ReplayQuarantine;
import dev.slipway.api.migration.Run;
import dev.slipway.client.BackendClient;
import dev.slipway.client.calls.QuarantineQuery;
import dev.slipway.client.http.ProblemException;

/// What can be done about rows in quarantine. Each call blocks.
public interface QuarantineCommands {
    /// How many rows an act would touch, and the first of them.
    Page<Quarantined> preview(QuarantineQuery which) throws ProblemException;

    QuarantineActed correct(String run, CorrectQuarantine correction) throws ProblemException;

    QuarantineActed accept(String run, ActOnQuarantine act) throws ProblemException;

    QuarantineActed reopen(String run, ActOnQuarantine act) throws ProblemException;

    Run replay(String run, ReplayQuarantine replay) throws ProblemException;

    /// Over HTTP.
    static QuarantineCommands of(BackendClient client) {
        return new QuarantineCommands() {
            @Override
            public Page<Quarantined> preview(QuarantineQuery which) throws ProblemException {
                return client.quarantine().rows(which, null);
            }

            @Override
            public QuarantineActed correct(String run, CorrectQuarantine correction)
                    throws ProblemException {
                return client.quarantine().correct(run, correction);
            }

            @Override
            public QuarantineActed accept(String run, ActOnQuarantine act) throws ProblemException {
                return client.quarantine().accept(run, act);
            }

            @Override
            public QuarantineActed reopen(String run, ActOnQuarantine act) throws ProblemException {
                return client.quarantine().reopen(run, act);
            }

            @Override
            public Run replay(String run, ReplayQuarantine replay) throws ProblemException {
                return client.quarantine().replay(run, replay);
            }
        };
    }
}
