package dev.slipway.backend.migration;

import static dev.slipway.api.Paths.PLANS;
import static dev.slipway.api.Paths.RUN;
import static dev.slipway.api.Paths.RUNS;
import static dev.slipway.api.Paths.RUN_CANCEL;
import static dev.slipway.api.Paths.RUN_CHUNKS;
import static dev.slipway.api.Paths.RUN_PACE;
import static dev.slipway.api.Paths.RUN_PAUSE;
import static dev.slipway.api.Paths.RUN_QUARANTINE;
import static dev.slipway.api.Paths.RUN_QUARANTINE_REASONS;
import static dev.slipway.api.Paths.RUN_RESUME;
import static dev.slipway.api.Paths.RUN_VALIDATIONS;
import static dev.slipway.api.access.Role.ONCALL;
import static dev.slipway.api.access.Role.OPERATOR;
import static dev.slipway.backend.http.Route.ANYONE_LOGGED_IN;

import dev.slipway.api.Page;
import dev.slipway.api.Reason;
import dev.slipway.api.access.Role;
import dev.slipway.api.migration.Chunk;
import dev.slipway.api.migration.Pace;
import dev.slipway.api.migration.Plan;
import dev.slipway.api.migration.QuarantineReason;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.StartRun;
import dev.slipway.api.migration.Validation;
import dev.slipway.backend.http.Answer;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.http.Request;
import dev.slipway.backend.http.Route;
import dev.slipway.backend.http.Routes;

import java.util.List;
import java.util.Set;

/// Plans and runs. Everyone reads; operators and on-call engineers start, pause, resume and cancel.
public final class MigrationRoutes implements Routes {
    private static final Set<Role> MOVERS = Set.of(OPERATOR, ONCALL);
    private static final String STEP = "only rows of this step";

    private final MigrationService service;
    private final RunDetails details;
    private final List<Route> routes;

    public MigrationRoutes(MigrationService service, RunDetails details) {
        this.service = service;
        this.details = details;
        this.routes =
                List.of(
                        read(PLANS, "Every plan with its problems", Plan.class, r -> plans())
                                .paged(),
                        read(RUNS, "Runs, newest first", Run.class, this::runs).paged(),
                        new Route(
                                "POST",
                                RUNS,
                                MOVERS,
                                "Start a run of a plan",
                                StartRun.class,
                                Run.class,
                                this::start),
                        read(RUN, "One run", Run.class, r -> service.run(r.path("id"))),
                        act(RUN_PAUSE, "Pause a run at the next chunk's end", Runs.Act.PAUSE),
                        new Route(
                                "POST",
                                RUN_PACE,
                                MOVERS,
                                "Change how fast a run reads, from its next chunk on",
                                Pace.class,
                                Run.class,
                                this::pace),
                        act(RUN_RESUME, "Go on with a run", Runs.Act.RESUME),
                        act(RUN_CANCEL, "Cancel a run at the next chunk's end", Runs.Act.CANCEL),
                        read(
                                        RUN_CHUNKS,
                                        "Chunks that stand in the target",
                                        Chunk.class,
                                        this::chunks)
                                .paged()
                                .with("step", STEP),
                        read(RUN_QUARANTINE, "Rows refused", Quarantined.class, this::quarantine)
                                .paged()
                                .with("step", STEP)
                                .with("column", "only rows of this column; empty: whole rows")
                                .with("rule", "only rows that this rule refused")
                                .with("state", "only rows in it: open, accepted or resolved")
                                .with("text", "only rows that hold it in key, reason or raw row"),
                        read(
                                        RUN_QUARANTINE_REASONS,
                                        "How many rows each rule refused, the most first",
                                        QuarantineReason.class,
                                        r -> details.reasons(r.path("id")))
                                .paged(),
                        read(
                                        RUN_VALIDATIONS,
                                        "What was checked",
                                        Validation.class,
                                        r -> details.validations(r.path("id")))
                                .paged());
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    private Page<Plan> plans() {
        List<Plan> all = service.plans();
        return new Page<>(all, null, (long) all.size());
    }

    private Page<Run> runs(Request request) {
        return service.page(cursor(request), request.query("limit", 50, 1, 500));
    }

    private Effect<Answer> start(Request request) {
        String plan = request.body(StartRun.class).plan();
        request.audit(plan, "");
        return service.start(plan, request.user()).answered(Answer::created);
    }

    private Route act(String path, String summary, Runs.Act act) {
        return new Route(
                "POST",
                path,
                MOVERS,
                summary,
                Reason.class,
                Run.class,
                request -> {
                    String reason = request.body(Reason.class).reason();
                    request.audit(request.path("id"), reason);
                    return service.act(request.path("id"), act, reason);
                });
    }

    private Effect<Run> pace(Request request) {
        Pace pace = request.body(Pace.class);
        request.audit(
                request.path("id"),
                "rows per second %d, rows per chunk %d"
                        .formatted(pace.rowsPerSecond(), pace.chunkRows()));
        return service.pace(request.path("id"), pace);
    }

    private Page<Chunk> chunks(Request request) {
        return details.chunks(
                request.path("id"),
                request.query("step").orElse(""),
                request.query("after").orElse(""),
                request.query("limit", 200, 1, 1_000));
    }

    private Page<Quarantined> quarantine(Request request) {
        return details.quarantine(
                request.path("id"),
                Choices.filter(request),
                request.query("after").orElse(""),
                request.query("limit", 100, 1, 500));
    }

    private static long cursor(Request request) {
        String cursor = request.query("after").orElse("0");
        if (cursor.matches("\\d{1,18}")) {
            return Long.parseLong(cursor);
        }
        throw Refused.badRequest("after", "Not a cursor that this list gave.");
    }

    private static Route read(String path, String summary, Class<?> item, Route.Handler handler) {
        return new Route("GET", path, ANYONE_LOGGED_IN, summary, null, item, handler);
    }
}
