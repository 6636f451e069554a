package dev.slipway.testing;

import dev.slipway.api.Page;
import dev.slipway.api.access.AuditEntry;
import dev.slipway.api.events.Kind;
import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.migration.QuarantineReason;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.api.migration.Replayed;
import dev.slipway.api.queues.Attempt;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobLine;
import dev.slipway.api.schedules.ScheduleTask;
import dev.slipway.api.schedules.ScheduleVersion;
import dev.slipway.api.tasks.Picture;
import dev.slipway.api.tasks.TypeCost;
import dev.slipway.client.calls.JobQuery;
import dev.slipway.client.calls.QuarantineQuery;
import dev.slipway.client.http.ProblemException;
import dev.slipway.client.kept.Audit;
import dev.slipway.client.kept.Invoices;
import dev.slipway.client.kept.Jobs;
import dev.slipway.client.kept.Migrations;
import dev.slipway.client.kept.Pictures;
import dev.slipway.client.kept.Schedules;
import dev.slipway.client.offline.Document;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.client.offline.Resume;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Fills an offline store as a long day of work would have.
public final class KeptData {
    private KeptData() {}

    private static final int MANY = 2_000;

    /// Something of everything, and much of what there is much of.
    public static void much(OfflineStore store, Instant now) throws ProblemException {
        rows(store, now, MANY);
        store.keepIntervals(new ShopData(now).intervals(Duration.ofHours(1)));
    }

    /// The same with that many rows of each long list, and no figures of the past.
    public static void rows(OfflineStore store, Instant now, int rows) throws ProblemException {
        var much = new MuchData(now);
        List<Document> all = new ArrayList<>(new ShopData(now).all());
        all.removeIf(d -> d.kind() == Kind.RUN || d.kind() == Kind.INVOICE_RUN);
        all.addAll(much.basics());
        store.replace(new Resume("e", "1"), all);
        store.load(Jobs.matching(JobQuery.ALL), true, () -> jobs(much, rows));
        store.load(Jobs.log("job-100000"), true, () -> lines(much));
        store.load(Jobs.attempts("job-100000"), true, () -> attempts(much));
        store.load(
                Migrations.quarantine(QuarantineQuery.all(MuchMigration.RUN)),
                true,
                () -> quarantine(much, rows));
        store.load(Migrations.reasons(MuchMigration.RUN), true, () -> reasons(much));
        store.load(Migrations.replays(MuchMigration.RUN), true, () -> replays(much));
        store.load(Invoices.pages(MuchInvoicing.RUN), true, () -> invoices(much, rows));
        store.load(Jobs.costs(), true, () -> costs(much));
        store.load(
                Pictures.of(MuchPictures.RUN, null),
                true,
                () -> pictures(new MuchPictures(now), rows));
        store.load(Audit.pages(), true, () -> audit(much, rows));
        store.load(Schedules.versions(MuchSchedules.WORST), true, () -> versions(much));
        store.load(Schedules.tasks(), true, () -> tasks(much));
    }

    static Page<Picture> pictures(MuchPictures much, int rows) {
        return new Page<>(much.pictures(rows), "next", null);
    }

    static Page<TypeCost> costs(MuchData much) {
        return new Page<>(much.work().costs(), null, null);
    }

    static Page<Job> jobs(MuchData much, int rows) {
        return new Page<>(much.work().jobs(rows), "next", 1_000_000L);
    }

    static Page<Attempt> attempts(MuchData much) {
        return new Page<>(much.work().attempts(), null, 5L);
    }

    static Page<JobLine> lines(MuchData much) {
        return new Page<>(much.work().lines(MANY), "next", null);
    }

    static Page<Quarantined> quarantine(MuchData much, int rows) {
        return new Page<>(much.migration().quarantine(rows), "next", 12_104L);
    }

    static Page<Replayed> replays(MuchData much) {
        return new Page<>(much.migration().replays(), null, null);
    }

    static Page<QuarantineReason> reasons(MuchData much) {
        return new Page<>(much.migration().reasons(), null, null);
    }

    static Page<Invoice> invoices(MuchData much, int rows) {
        return new Page<>(much.invoicing().invoices(rows), null, 2_000L);
    }

    static Page<ScheduleVersion> versions(MuchData much) {
        return new Page<>(much.schedules().versions(), null, null);
    }

    static Page<ScheduleTask> tasks(MuchData much) {
        return new Page<>(much.schedules().tasks(), null, null);
    }

    static Page<AuditEntry> audit(MuchData much, int rows) {
        return new Page<>(much.audit(rows), "next", null);
    }
}
