package dev.slipway.testing;

import dev.slipway.api.access.AuditEntry;
import dev.slipway.api.events.Kind;
import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.invoicing.InvoiceRunState;
import dev.slipway.api.invoicing.MailState;
import dev.slipway.api.launch.Launch;
import dev.slipway.api.migration.Chunk;
import dev.slipway.api.migration.Plan;
import dev.slipway.api.migration.PlanProblem;
import dev.slipway.api.migration.QuarantineReason;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.StepProgress;
import dev.slipway.api.migration.StepState;
import dev.slipway.api.migration.Validation;
import dev.slipway.api.queues.FailureGroup;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobLine;
import dev.slipway.api.queues.JobState;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.client.offline.Document;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// As much as a bad night brings: for screens that must stay quick and readable with it.
public final class MuchData {
    public static final String RUN = "run-7";
    public static final String INVOICE_RUN = "inv-2026-11-21";

    private final Instant now;

    public MuchData(Instant now) {
        this.now = now;
    }

    /// All of it but the long lists.
    public List<Document> basics() {
        List<Document> all = new ArrayList<>();
        queues().forEach(q -> all.add(Document.of(Kind.QUEUE, q.name(), q)));
        failures().forEach(f -> all.add(Document.of(Kind.FAILURE_GROUP, f.fingerprint(), f)));
        plans().forEach(p -> all.add(Document.of(Kind.PLAN, p.name(), p)));
        all.add(Document.of(Kind.RUN, RUN, run()));
        chunks(500).forEach(c -> all.add(Document.of(Kind.CHUNK, c.id(), c)));
        validations().forEach(v -> all.add(Document.of(Kind.VALIDATION, v.id(), v)));
        all.add(Document.of(Kind.INVOICE_RUN, INVOICE_RUN, invoiceRun()));
        all.add(Document.of(Kind.LAUNCH, "launch", launch()));
        return all;
    }

    public List<QueueStatus> queues() {
        return List.of(
                new QueueStatus("migration", 0, 1, 0, 0, null, 0.2, 0.2, 0, 2),
                new QueueStatus(
                        "invoice", 1_204, 2, 31, 412, now.minusSeconds(1_860), 84.2, 61.5, 12.4, 2),
                new QueueStatus("mail", 388, 0, 0, 0, now.minusSeconds(722), 20, 0, 0, 0),
                new QueueStatus("thumbnails", 12, 4, 7, 0, now.minusSeconds(4), 310, 305, 3, 4));
    }

    public List<FailureGroup> failures() {
        return List.of(
                new FailureGroup(
                        "f1a9c0de",
                        "invoice",
                        "invoice.mail",
                        "The mail server at mail.example refused the recipient: 550 5.1.1 unknown",
                        388,
                        now.minusSeconds(7_000),
                        now.minusSeconds(31)),
                new FailureGroup(
                        "0badf00d",
                        "invoice",
                        "invoice.render",
                        "The vendor 'Atelier 12' has no address",
                        24,
                        now.minusSeconds(90_000),
                        now.minusSeconds(86_500)));
    }

    public List<Job> jobs(int count) {
        return IntStream.range(0, count).mapToObj(this::job).toList();
    }

    private Job job(int i) {
        JobState state = JobState.values()[i % 3 == 0 ? 4 : i % JobState.values().length];
        boolean failed = state == JobState.DEAD || state == JobState.RETRYING;
        return new Job(
                "job-" + (100_000 + i),
                "invoice",
                i % 2 == 0 ? "invoice.mail" : "invoice.render",
                "2026-11-21 · Atelier " + i,
                state,
                1 + i % 5,
                5,
                now.minusSeconds(3_600 + i),
                now.minusSeconds(i),
                state == JobState.READY ? null : now.minusSeconds(i),
                state.ended() ? now.minusSeconds(i / 2) : null,
                state == JobState.READY ? null : "worker-" + i % 4,
                i % 7,
                state == JobState.READY ? 0 : 7,
                failed ? "The mail server at mail.example refused the recipient: 550 5.1.1" : null,
                failed ? "f1a9c0de" : null);
    }

    /// The log of a job that has tried for long.
    public List<JobLine> lines(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(
                        i ->
                                new JobLine(
                                        i,
                                        now.minusSeconds(count - i),
                                        1 + i / 500,
                                        i % 100 == 0 ? "ERROR" : "INFO",
                                        "mail " + i + ": 550 5.1.1 no such user"))
                .toList();
    }

    public List<Plan> plans() {
        String yaml =
                """
                plan: shop
                source: legacy
                target: shop
                steps:
                  - name: vendors
                    from: order_lines
                    key: vendor_nmae
                    columns:
                      name: {from: vendor_name, type: text}
                      email: {from: vendor_mail, type: e-mial}
                  - name: orders
                    from: order_lines
                    key: order_no
                """;
        return List.of(
                new Plan(
                        "shop",
                        "The legacy shop into the normalised schema",
                        "jdbc:sqlite:legacy.sqlite",
                        "jdbc:sqlite:shop.sqlite",
                        List.of("vendors", "customers", "products", "orders", "order_lines"),
                        yaml.replace("nmae", "name").replace("e-mial", "e-mail"),
                        List.of(),
                        null),
                new Plan(
                        "shop-draft",
                        "Not ready yet",
                        "jdbc:sqlite:legacy.sqlite",
                        "jdbc:sqlite:shop.sqlite",
                        List.of("vendors", "orders"),
                        yaml,
                        List.of(
                                new PlanProblem(
                                        7,
                                        10,
                                        "there is no column 'vendor_nmae' in order_lines; did you"
                                                + " mean 'vendor_name'?"),
                                new PlanProblem(
                                        10, 42, "unknown type 'e-mial'; did you mean 'e-mail'?"),
                                new PlanProblem(
                                        0, 0, "the target can't be reached: connection refused")),
                        null));
    }

    public Run run() {
        return new Run(
                RUN,
                "shop",
                RunState.RUNNING,
                "ada",
                now.minusSeconds(610),
                now.minusSeconds(608),
                null,
                List.of(
                        step("vendors", StepState.VALIDATED, 412, 412, 398, 9, 5, 0, 1, 1),
                        step(
                                "customers",
                                StepState.INVALID,
                                31_220,
                                31_220,
                                29_871,
                                1_240,
                                109,
                                0,
                                32,
                                32),
                        step("products", StepState.VALIDATED, 8_120, 8_120, 8_120, 0, 0, 0, 9, 9),
                        step(
                                "orders",
                                StepState.RUNNING,
                                1_000_000,
                                614_000,
                                560_800,
                                41_200,
                                11_990,
                                10,
                                307,
                                500),
                        step("order_lines", StepState.WAITING, 0, 0, 0, 0, 0, 0, 0, 0)),
                10_482,
                37L,
                null,
                "job-1");
    }

    private static StepProgress step(
            String name,
            StepState state,
            long rows,
            long read,
            long written,
            long merged,
            long quarantined,
            long skipped,
            int done,
            int chunks) {
        return new StepProgress(
                name,
                state,
                rows,
                read,
                written,
                merged,
                quarantined,
                skipped,
                done,
                chunks,
                read == 0 ? "" : "9f1c22d0a1b2c3d4e5f60718",
                read / 5_000.0);
    }

    public List<Chunk> chunks(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(
                        i ->
                                new Chunk(
                                        RUN,
                                        "orders",
                                        i,
                                        String.valueOf(i * 2_000L),
                                        String.valueOf(i * 2_000L + 1_999),
                                        i <= count * 3 / 5,
                                        2_000,
                                        i % 11 == 0 ? 1_940 : 2_000,
                                        0,
                                        i % 11 == 0 ? 60 : 0,
                                        0,
                                        "00ab" + i,
                                        0.21))
                .toList();
    }

    public List<Quarantined> quarantine(int count) {
        String[] rules = {"money", "timestamp", "e-mail", "lookup vendors"};
        String[] columns = {"net", "ordered_at", "email", "vendor_id"};
        String[] values = {"12,3O", "0000-00-00 00:00:00", "anna at example", "Ateliér 12"};
        return IntStream.range(0, count)
                .mapToObj(
                        i -> {
                            int k = (i * i) % 7 % 4;
                            return new Quarantined(
                                    RUN,
                                    "orders",
                                    1 + i / 20,
                                    "O-" + (200_000 + i),
                                    columns[k],
                                    rules[k],
                                    "'" + values[k] + "' is not " + rules[k],
                                    values[k],
                                    Map.of(
                                            "order_no",
                                            "O-" + (200_000 + i),
                                            columns[k],
                                            values[k]));
                        })
                .toList();
    }

    /// What the backend counts of 12,104 rows in quarantine.
    public List<QuarantineReason> reasons() {
        return List.of(
                new QuarantineReason(RUN, "orders", "ordered_at", "timestamp", 9_800),
                new QuarantineReason(RUN, "orders", "net", "money", 2_195),
                new QuarantineReason(RUN, "customers", "email", "e-mail", 104),
                new QuarantineReason(RUN, "vendors", "", "duplicate", 5));
    }

    public List<Validation> validations() {
        return List.of(
                new Validation(RUN, "vendors", "count", true, "398", "398", null),
                new Validation(RUN, "customers", "count", true, "29,871", "29,871", null),
                new Validation(
                        RUN,
                        "customers",
                        "checksum",
                        false,
                        "7d0f13aa90bc1123",
                        "7d0f13aa90bc1199",
                        "customers, key 18412, column email: mapped 'anna@example.org', read back"
                                + " 'anna@example.orq'"),
                new Validation(
                        RUN, "products", "sum(price) EUR", true, "184,220.15", "184,220.15", null),
                new Validation(
                        RUN, "products", "foreign key products.vendor_id", true, "0", "0", null));
    }

    public InvoiceRun invoiceRun() {
        return new InvoiceRun(
                INVOICE_RUN,
                LocalDate.of(2026, 11, 21),
                InvoiceRunState.DRAFTED,
                "EUR",
                2_000,
                1_987,
                0,
                31,
                2,
                new BigDecimal("184220.15"),
                new BigDecimal("35001.83"),
                new BigDecimal("219221.98"),
                List.of(
                        "31 vendors have no usable e-mail address",
                        "Atelier 7 sold 14 times its usual day: 21,204.00 EUR"),
                "finn",
                now.minusSeconds(400),
                null,
                null,
                null);
    }

    public List<Invoice> invoices(int count) {
        MailState[] mails = MailState.values();
        return IntStream.range(0, count)
                .mapToObj(
                        i -> {
                            MailState mail =
                                    i % 40 == 0 ? mails[i / 40 % mails.length] : MailState.SENT;
                            return new Invoice(
                                    "invoice-" + i,
                                    INVOICE_RUN,
                                    LocalDate.of(2026, 11, 21),
                                    "2026-" + (100_000 + i),
                                    "V" + i,
                                    "Atelier " + i,
                                    mail == MailState.NOT_SENDABLE
                                            ? null
                                            : "office@atelier" + i + ".example",
                                    "EUR",
                                    3 + i % 60,
                                    new BigDecimal(i).movePointLeft(1).setScale(2),
                                    new BigDecimal("1.90"),
                                    new BigDecimal(i)
                                            .movePointLeft(1)
                                            .setScale(2)
                                            .add(new BigDecimal("1.90")),
                                    LocalDate.of(2026, 12, 5),
                                    false,
                                    "ab".repeat(32),
                                    20_000,
                                    mail,
                                    mail == MailState.NOT_SENDABLE ? "no e-mail address" : null,
                                    null);
                        })
                .toList();
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
