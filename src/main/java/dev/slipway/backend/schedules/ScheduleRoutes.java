package dev.slipway.backend.schedules;

import static dev.slipway.api.Paths.SCHEDULE;
import static dev.slipway.api.Paths.SCHEDULES;
import static dev.slipway.api.Paths.SCHEDULE_PAUSE;
import static dev.slipway.api.Paths.SCHEDULE_PREVIEW;
import static dev.slipway.api.Paths.SCHEDULE_RESTORE;
import static dev.slipway.api.Paths.SCHEDULE_RESUME;
import static dev.slipway.api.Paths.SCHEDULE_RUNS;
import static dev.slipway.api.Paths.SCHEDULE_SKIP;
import static dev.slipway.api.Paths.SCHEDULE_TASKS;
import static dev.slipway.api.Paths.SCHEDULE_UNSKIP;
import static dev.slipway.api.Paths.SCHEDULE_VERSIONS;
import static dev.slipway.api.access.Role.FINANCE;
import static dev.slipway.api.access.Role.ONCALL;
import static dev.slipway.api.access.Role.OPERATOR;

import dev.slipway.api.Page;
import dev.slipway.api.Reason;
import dev.slipway.api.access.Role;
import dev.slipway.api.schedules.AddSchedule;
import dev.slipway.api.schedules.CatchUp;
import dev.slipway.api.schedules.ChangeSchedule;
import dev.slipway.api.schedules.OfDate;
import dev.slipway.api.schedules.Overlap;
import dev.slipway.api.schedules.PauseSchedule;
import dev.slipway.api.schedules.RestoreSchedule;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.SchedulePreview;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.api.schedules.ScheduleSpec;
import dev.slipway.api.schedules.ScheduleTask;
import dev.slipway.api.schedules.ScheduleVersion;
import dev.slipway.backend.http.Answer;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.http.Request;
import dev.slipway.backend.http.Route;
import dev.slipway.backend.http.Routes;
import dev.slipway.backend.schedules.ScheduleEdits.Changed;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Schedules and their runs. Everyone reads; who else may come here depends on the schedule's task,
/// see [Permits].
public final class ScheduleRoutes implements Routes {
    private static final Set<Role> SOME = Set.of(OPERATOR, ONCALL, FINANCE);
    private static final int MOST = 500;

    private final ScheduleService schedules;
    private final ScheduleEdits edits;
    private final SchedulePauses pauses;
    private final RunService runs;
    private final List<Route> routes;

    public ScheduleRoutes(Schedules our) {
        this.schedules = our.service();
        this.edits = our.edits();
        this.pauses = our.pauses();
        this.runs = new RunService(our);
        this.routes =
                List.of(
                        read(SCHEDULES, "Every schedule", Schedule.class, r -> schedules.all())
                                .listed(),
                        read(
                                        SCHEDULE_TASKS,
                                        "What can be scheduled",
                                        ScheduleTask.class,
                                        r -> schedules.tasks())
                                .listed(),
                        read(
                                        SCHEDULE_PREVIEW,
                                        "What a cron expression would mean",
                                        SchedulePreview.class,
                                        this::preview)
                                .with("cron", "the expression")
                                .with("zone", "the IANA time zone")
                                .with("daysBack", "days from a due date back to its business date"),
                        write("POST", SCHEDULES, "Add one", AddSchedule.class, this::add),
                        read(
                                SCHEDULE,
                                "One schedule",
                                Schedule.class,
                                r -> schedules.one(r.path("name"))),
                        write("PUT", SCHEDULE, "Change one", ChangeSchedule.class, this::change),
                        write("DELETE", SCHEDULE, "Remove one", Reason.class, this::remove),
                        read(
                                        SCHEDULE_VERSIONS,
                                        "What it was before, the latest first",
                                        ScheduleVersion.class,
                                        this::versions)
                                .paged(),
                        write(
                                "POST",
                                SCHEDULE_RESTORE,
                                "Make it what it was",
                                RestoreSchedule.class,
                                this::restore),
                        read(SCHEDULE_RUNS, "Its runs", ScheduleRun.class, this::runs).paged(),
                        ofDate(SCHEDULE_RUNS, "Run a business date now", this::run),
                        ofDate(SCHEDULE_SKIP, "Skip a date to come", this::skip),
                        ofDate(SCHEDULE_UNSKIP, "Don't skip it after all", this::unskip),
                        write(
                                "POST",
                                SCHEDULE_PAUSE,
                                "Let nothing run",
                                PauseSchedule.class,
                                this::pause),
                        write("POST", SCHEDULE_RESUME, "End a pause", Reason.class, this::resume));
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    private SchedulePreview preview(Request request) {
        return schedules.preview(
                new ScheduleSpec(
                        request.query("cron").orElse(""),
                        request.query("zone").orElse(""),
                        "",
                        Map.of(),
                        request.query("daysBack", 0, 0, 366),
                        CatchUp.LATEST,
                        1,
                        Overlap.WAIT,
                        true));
    }

    private Page<ScheduleVersion> versions(Request request) {
        String before = request.query("after").orElse("" + Long.MAX_VALUE);
        try {
            return schedules.versions(
                    request.path("name"),
                    Long.parseLong(before),
                    request.query("limit", 50, 1, MOST));
        } catch (NumberFormatException _) {
            throw Refused.badRequest("after", "Not a cursor that this list gave.");
        }
    }

    private Page<ScheduleRun> runs(Request request) {
        return schedules.runs(
                request.path("name"),
                request.query("after").orElse("9999-12-31"),
                request.query("limit", 100, 1, MOST));
    }

    private Effect<Answer> add(Request request) {
        var body = request.body(AddSchedule.class);
        request.audit(body.name(), body.reason());
        return audited(request, body.name(), body.reason(), edits.add(body, actor(request)))
                .answered(Answer::created);
    }

    private Effect<Schedule> change(Request request) {
        var body = request.body(ChangeSchedule.class);
        String name = request.path("name");
        request.audit(name, body.reason());
        return audited(request, name, body.reason(), edits.change(name, body, actor(request)));
    }

    private Effect<Schedule> remove(Request request) {
        String name = request.path("name");
        String reason = request.body(Reason.class).reason();
        request.audit(name, reason);
        return audited(request, name, reason, edits.remove(name, reason, actor(request)));
    }

    private Effect<Schedule> restore(Request request) {
        var body = request.body(RestoreSchedule.class);
        String name = request.path("name");
        request.audit(name, body.reason());
        return audited(request, name, body.reason(), edits.restore(name, body, actor(request)));
    }

    /// The audit log tells what was and what is, besides the reason.
    private static Effect<Schedule> audited(
            Request request, String name, String reason, Effect<Changed> effect) {
        return effect.answered(
                changed -> {
                    request.audit(
                            name,
                            reason.isBlank() ? changed.words() : reason + " · " + changed.words());
                    return changed.schedule();
                });
    }

    private Effect<ScheduleRun> run(Request request) {
        return runs.run(request.path("name"), ofDate(request), actor(request));
    }

    private Effect<ScheduleRun> skip(Request request) {
        return runs.skip(request.path("name"), ofDate(request), actor(request));
    }

    private Effect<ScheduleRun> unskip(Request request) {
        return runs.unskip(request.path("name"), ofDate(request), actor(request));
    }

    private static OfDate ofDate(Request request) {
        var body = request.body(OfDate.class);
        request.audit(request.path("name") + " of " + body.businessDate(), body.reason());
        return body;
    }

    private Effect<Schedule> pause(Request request) {
        var body = request.body(PauseSchedule.class);
        String until = body.until() == null ? "" : " · until " + body.until();
        request.audit(request.path("name"), body.reason() + until);
        return pauses.pause(request.path("name"), body, actor(request));
    }

    private Effect<Schedule> resume(Request request) {
        request.audit(request.path("name"), request.body(Reason.class).reason());
        return pauses.resume(request.path("name"), actor(request));
    }

    private static Actor actor(Request request) {
        return new Actor(request.user(), request.role());
    }

    private static Route read(String path, String summary, Class<?> item, Route.Handler handler) {
        return new Route("GET", path, Route.ANYONE_LOGGED_IN, summary, null, item, handler);
    }

    private static Route write(
            String method,
            String path,
            String summary,
            @Nullable Class<?> body,
            Route.Handler handler) {
        return new Route(method, path, SOME, summary, body, Schedule.class, handler);
    }

    private static Route ofDate(String path, String summary, Route.Handler handler) {
        return new Route("POST", path, SOME, summary, OfDate.class, ScheduleRun.class, handler);
    }
}
