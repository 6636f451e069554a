package dev.slipway.backend.invoicing;

import dev.slipway.api.access.Role;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.invoicing.InvoiceRunState;
import dev.slipway.api.schedules.ScheduleSpec;
import dev.slipway.api.schedules.ScheduleTask;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.schedules.Task;

import org.jdbi.v3.core.Handle;

import java.util.List;

/// The task `invoices.draft`: drafts the vendors' invoices of a business date. A person looks at
/// them and releases them; a schedule never does.
public final class DraftTask implements Task {
    private final Invoicing our;

    DraftTask(Invoicing our) {
        this.our = our;
    }

    @Override
    public ScheduleTask description() {
        return new ScheduleTask(
                "invoices.draft",
                "Drafts the vendors' invoices of the business date, to be looked at and released.",
                List.of(),
                List.of(Role.FINANCE));
    }

    /// A day's sales can be invoiced when the day is over where the seller is.
    @Override
    public void check(ScheduleSpec spec) {
        String zone = our.settings.terms().zone().getId();
        if (!spec.zone().equals(zone)) {
            throw Refused.badRequest(
                    "/spec/zone",
                    "Invoices are dated in %s (the seller's zone): the schedule must be too."
                            .formatted(zone));
        }
        if (spec.daysBack() < 1) {
            throw Refused.badRequest(
                    "/spec/daysBack", "A day is invoiced when it is over: at least 1.");
        }
    }

    @Override
    public Started start(Handle handle, Order order) {
        InvoiceRun standing = our.runs.standing(handle, order.businessDate()).orElse(null);
        if (standing == null) {
            InvoiceRun run = our.service().start(order.businessDate(), order.user()).in(handle);
            return Started.job(our.jobs.draft(handle, run));
        }
        if (standing.state() == InvoiceRunState.FAILED) {
            return Started.job(our.jobs.draftAgain(handle, standing, order.user()));
        }
        return Started.nothing(
                "The date has the run %s already, begun by %s."
                        .formatted(standing.id(), standing.startedBy()));
    }
}
