package dev.slipway.backend.queues.repair;

import static dev.slipway.api.Paths.REPAIR;
import static dev.slipway.api.Paths.REPAIRS;
import static dev.slipway.api.Paths.REPAIR_CANCEL;
import static dev.slipway.api.Paths.REPAIR_PAUSE;
import static dev.slipway.api.Paths.REPAIR_RESUME;
import static dev.slipway.api.Paths.REPAIR_START;
import static dev.slipway.backend.http.Route.ANYONE_LOGGED_IN;

import static java.util.Objects.requireNonNullElse;

import dev.slipway.api.Page;
import dev.slipway.api.Reason;
import dev.slipway.api.access.Role;
import dev.slipway.api.queues.NewRepair;
import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.StartRepair;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.http.Request;
import dev.slipway.backend.http.Route;
import dev.slipway.backend.http.Routes;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/// Repairs of failed jobs. Everyone reads; operators and on-call engineers preview, start and stop.
public final class RepairRoutes implements Routes {
    private static final Set<Role> REPAIRERS = Set.of(Role.OPERATOR, Role.ONCALL);

    private final RepairService repairs;
    private final List<Route> routes;

    public RepairRoutes(RepairService repairs) {
        this.repairs = repairs;
        this.routes =
                List.of(
                        read(REPAIRS, "Repairs, the newest first", this::all).paged(),
                        read(REPAIR, "One repair", r -> repairs.repair(r.path("id"))),
                        write(
                                REPAIRS,
                                "Count the failed jobs that match, before anything is done to them",
                                NewRepair.class,
                                this::preview),
                        write(
                                REPAIR_START,
                                "Start a repair that was counted",
                                StartRepair.class,
                                this::start),
                        write(
                                REPAIR_PAUSE,
                                "Hold a repair after the step in hand",
                                Reason.class,
                                this::pause),
                        write(
                                REPAIR_RESUME,
                                "Let a repair go on that was paused or has stopped",
                                Reason.class,
                                this::resume),
                        write(
                                REPAIR_CANCEL,
                                "End a repair; jobs not yet touched stay as they are",
                                Reason.class,
                                this::cancel));
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    private Page<Repair> all(Request request) {
        return repairs.page(cursor(request), request.query("limit", 50, 1, 200));
    }

    private Effect<Repair> preview(Request request) {
        Repair repair = repairs.drafted(request.body(NewRepair.class), request.user());
        request.audit(repair.id(), "preview: " + RepairText.of(repair));
        return repairs.preview(repair);
    }

    private Effect<Repair> start(Request request) {
        StartRepair how = request.body(StartRepair.class);
        Repair repair = repairs.repair(request.path("id"));
        request.audit(
                repair.id(),
                "%s: %d jobs, %d a second, stop at %d %%. %s"
                        .formatted(
                                RepairText.of(repair),
                                repair.preview().total(),
                                how.rate(),
                                how.stopPercent(),
                                how.reason())
                        .strip());
        return repairs.start(repair.id(), how, request.user());
    }

    private Effect<Repair> pause(Request request) {
        return repairs.pause(request.path("id"), why(request));
    }

    private Effect<Repair> resume(Request request) {
        why(request);
        return repairs.resume(request.path("id"));
    }

    private Effect<Repair> cancel(Request request) {
        return repairs.cancel(request.path("id"), why(request));
    }

    private static String why(Request request) {
        String reason = requireNonNullElse(request.body(Reason.class).reason(), "");
        request.audit(request.path("id"), reason);
        return reason;
    }

    private static long cursor(Request request) {
        String cursor = request.query("after").orElse("" + Long.MAX_VALUE);
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw Refused.badRequest("after", "Not a cursor that this list gave.");
        }
    }

    private static Route read(String path, String summary, Route.Handler handler) {
        return new Route("GET", path, ANYONE_LOGGED_IN, summary, null, Repair.class, handler);
    }

    private static Route write(
            String path, String summary, @Nullable Class<?> body, Route.Handler handler) {
        return new Route("POST", path, REPAIRERS, summary, body, Repair.class, handler);
    }
}
