package dev.slipway.testing;

import dev.slipway.api.Page;
import dev.slipway.api.events.Kind;
import dev.slipway.client.JobQuery;
import dev.slipway.client.ProblemException;
import dev.slipway.client.QuarantineQuery;
import dev.slipway.client.offline.Audit;
import dev.slipway.client.offline.Document;
import dev.slipway.client.offline.Invoices;
import dev.slipway.client.offline.Jobs;
import dev.slipway.client.offline.Migrations;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.client.offline.Resume;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Fills an offline store as a long day of work would have.
public final class KeptData {
    private KeptData() {}

    /// Something of everything, and much of what there is much of.
    public static void much(OfflineStore store, Instant now) throws ProblemException {
        var much = new MuchData(now);
        var shop = new ShopData(now);
        List<Document> all = new ArrayList<>(shop.all());
        all.removeIf(d -> d.kind() == Kind.RUN || d.kind() == Kind.INVOICE_RUN);
        all.addAll(much.basics());
        store.replace(new Resume("e", "1"), all);
        store.keepIntervals(shop.intervals(Duration.ofHours(1)));
        store.load(
                Jobs.matching(JobQuery.ALL),
                true,
                () -> new Page<>(much.jobs(200), "next", 1_000_000L));
        store.load(
                Migrations.quarantine(QuarantineQuery.all(MuchData.RUN)),
                true,
                () -> new Page<>(much.quarantine(2_000), "next", 12_104L));
        store.load(
                Migrations.reasons(MuchData.RUN), true, () -> new Page<>(much.reasons(), null, 4L));
        store.load(
                Invoices.pages(MuchData.INVOICE_RUN),
                true,
                () -> new Page<>(much.invoices(2_000), null, 2_000L));
        store.load(Audit.pages(), true, () -> new Page<>(much.audit(300), "next", null));
    }
}
