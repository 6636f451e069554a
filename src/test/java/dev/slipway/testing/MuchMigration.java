package dev.slipway.testing;

import dev.slipway.api.migration.Chunk;
import dev.slipway.api.migration.Pace;
import dev.slipway.api.migration.Place;
import dev.slipway.api.migration.Plan;
import dev.slipway.api.migration.PlanProblem;
import dev.slipway.api.migration.QuarantineReason;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.api.migration.Replayed;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.RunSync;
import dev.slipway.api.migration.RunTiming;
import dev.slipway.api.migration.StepProgress;
import dev.slipway.api.migration.StepState;
import dev.slipway.api.migration.SyncState;
import dev.slipway.api.migration.Validation;
import dev.slipway.api.migration.Waiting;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A large migration in the middle of its work, with rows in quarantine and a check that is red.
public record MuchMigration(Instant now) {
    public static final String RUN = "run-7";

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
                "job-1",
                timing(new Waiting("Threads_running 31 is above 20", now.minusSeconds(12), null)));
    }

    /// A run that is over, and whose sync goes on.
    public static final String SYNCED = "run-5";

    /// A run that is over.
    public Run synced() {
        return ended(RunState.VALIDATED);
    }

    /// The same, ended in another way.
    public Run ended(RunState state) {
        return new Run(
                SYNCED,
                "shop",
                state,
                "ada",
                now.minusSeconds(90_000),
                now.minusSeconds(89_990),
                now.minusSeconds(82_000),
                List.of(
                        step(
                                "orders",
                                StepState.VALIDATED,
                                1_000_000,
                                1_000_000,
                                940_000,
                                48_010,
                                11_990,
                                0,
                                500,
                                500)),
                0,
                null,
                null,
                "job-0",
                timing(null));
    }

    /// Three seconds behind, after half a minute of trouble some minutes ago.
    public RunSync sync(SyncState state) {
        return sync(state, now.minusSeconds(1));
    }

    public RunSync sync(SyncState state, Instant toldAt) {
        List<Long> lags =
                IntStream.range(0, 60)
                        .mapToObj(
                                i ->
                                        i > 20 && i < 25
                                                ? (i - 20) * 11L
                                                : i == 40 ? -1L : Long.valueOf(1 + i * i % 4))
                        .toList();
        return new RunSync(
                SYNCED,
                "shop",
                state,
                "olga",
                now.minusSeconds(80_000),
                toldAt,
                "binlog.000214:88120412",
                3L,
                12,
                1_204_118,
                81_204,
                1_090_001,
                32_913,
                now.minusSeconds(41),
                now.minusSeconds(640),
                "",
                state == SyncState.FAILED
                        ? "the source's table 'orders' was altered; nothing after it is applied:"
                                + " ALTER TABLE orders DROP COLUMN note. Check the plan, then start"
                                + " the sync anew (migrate sync --anew): it reads every step whole"
                                + " and goes on from now"
                        : null,
                lags,
                "job-9",
                0);
    }

    /// The same of another plan.
    public static RunSync ofPlan(String plan, RunSync sync) {
        return like(sync, "run of " + plan, plan, sync.difference());
    }

    /// The same over a target that is not what it must be.
    public static RunSync differing(RunSync sync, String difference) {
        return like(sync, sync.runId(), sync.plan(), difference);
    }

    private static RunSync like(RunSync s, String runId, String plan, String difference) {
        return new RunSync(
                runId,
                plan,
                s.state(),
                s.startedBy(),
                s.startedAt(),
                s.toldAt(),
                s.position(),
                s.lagSeconds(),
                s.waiting(),
                s.changes(),
                s.inserted(),
                s.updated(),
                s.deleted(),
                s.verifiedAt(),
                s.wholeAt(),
                difference,
                s.reason(),
                s.lags(),
                s.jobId(),
                s.rowsPerSecond());
    }

    /// Of a plan for the nights.
    public RunTiming timing(@Nullable Waiting waiting) {
        return new RunTiming(
                "Mon Tue Wed Thu Fri 22:00–06:00, Sat Sun 00:00–24:00 Europe/Vienna",
                "Threads_running ≤ 20, page p95 ≤ 800 ms, reads ≤ 500 ms",
                Pace.OF_PLAN,
                waiting,
                now.plusSeconds(7_200),
                now.plusSeconds(37));
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
                read / 5_000.0,
                read == 0 ? 0 : 42,
                state == StepState.VALIDATED ? 61 : 0);
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

    /// A replay that is over.
    public List<Replayed> replays() {
        return List.of(
                new Replayed(
                        RUN,
                        1,
                        "olga",
                        now.minusSeconds(900),
                        now.minusSeconds(840),
                        4_182,
                        4_182,
                        4_100,
                        0,
                        0,
                        82,
                        3,
                        false,
                        List.of(
                                new Replayed.Refusal(
                                        "orders", "net", "money", "'12,3O' is not money", 82))));
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
                                null)
                        .at(
                                List.of(
                                        new Place(
                                                "customer",
                                                "18412",
                                                "18412",
                                                "email",
                                                "anna@example.orq",
                                                "anna@example.org"),
                                        Place.row("customer", "20017", "20017", "is not there"))),
                new Validation(
                        RUN, "products", "sum(price) EUR", true, "184,220.15", "184,220.15", null),
                new Validation(
                        RUN, "products", "foreign key products.vendor_id", true, "0", "0", null));
    }
}
