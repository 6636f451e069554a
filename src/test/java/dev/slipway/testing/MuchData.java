package dev.slipway.testing;

import dev.slipway.api.access.AuditEntry;
import dev.slipway.api.events.Kind;
import dev.slipway.api.launch.Launch;
import dev.slipway.client.offline.Document;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// As much as a bad night brings: for screens that must stay quick and readable with it.
public final class MuchData {
    private final Instant now;

    public MuchData(Instant now) {
        this.now = now;
    }

    public MuchWork work() {
        return new MuchWork(now);
    }

    public MuchMigration migration() {
        return new MuchMigration(now);
    }

    public MuchInvoicing invoicing() {
        return new MuchInvoicing(now);
    }

    public MuchSchedules schedules() {
        return new MuchSchedules(now);
    }

    /// All of it but the long lists.
    public List<Document> basics() {
        List<Document> all = new ArrayList<>();
        work().queues().forEach(q -> all.add(Document.of(Kind.QUEUE, q.name(), q)));
        work().holds().forEach(h -> all.add(Document.of(Kind.HOLD, h.id(), h)));
        work().types().forEach(t -> all.add(Document.of(Kind.JOB_TYPE, t.type(), t)));
        all.add(Document.of(Kind.WORKER_POOL, "on-demand", work().pool()));
        work().failures()
                .forEach(f -> all.add(Document.of(Kind.FAILURE_GROUP, f.fingerprint(), f)));
        migration().plans().forEach(p -> all.add(Document.of(Kind.PLAN, p.name(), p)));
        all.add(Document.of(Kind.RUN, MuchMigration.RUN, migration().run()));
        migration().chunks(500).forEach(c -> all.add(Document.of(Kind.CHUNK, c.id(), c)));
        migration().validations().forEach(v -> all.add(Document.of(Kind.VALIDATION, v.id(), v)));
        all.add(Document.of(Kind.INVOICE_RUN, MuchInvoicing.RUN, invoicing().invoiceRun()));
        new MuchExports(now).all(8).forEach(e -> all.add(Document.of(Kind.EXPORT, e.id(), e)));
        new MuchPictures(now)
                .runs()
                .forEach(r -> all.add(Document.of(Kind.PICTURE_RUN, r.id(), r)));
        all.add(Document.of(Kind.LAUNCH, "launch", launch()));
        all.addAll(schedules().documents());
        all.addAll(new MuchBrokers(now).documents());
        return all;
    }

    public Launch launch() {
        return new Launch(
                25,
                10,
                9.4,
                18_204,
                true,
                "oncall.ines",
                now.minusSeconds(190),
                "p95 of new above 200 ms since 02:58",
                "sandbox edge",
                "The router still sends 10 %: it refused 25 % (timeout after 2 s)");
    }

    public List<AuditEntry> audit(int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        i ->
                                new AuditEntry(
                                        count - i,
                                        now.minusSeconds(i * 40L),
                                        i % 3 == 0 ? "oncall.ines" : "ada",
                                        i % 4 == 0
                                                ? "PUT /api/v1/launch/weight"
                                                : "POST /api/v1/jobs/{id}/retry",
                                        "job-" + i,
                                        i % 4 == 0 ? "10 % held for an hour" : "",
                                        i % 9 == 0 ? 403 : 200,
                                        "9f1c22d0a1b2c3d4e5f60718"))
                .toList();
    }
}
