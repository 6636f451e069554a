package dev.slipway.backend.launch;

import static dev.slipway.api.Paths.LAUNCH;
import static dev.slipway.api.Paths.LAUNCH_HOLD;
import static dev.slipway.api.Paths.LAUNCH_RESUME;
import static dev.slipway.api.Paths.LAUNCH_ROLLBACK;
import static dev.slipway.api.Paths.LAUNCH_WEIGHT;
import static dev.slipway.api.access.Role.ONCALL;
import static dev.slipway.api.access.Role.OPERATOR;
import static dev.slipway.backend.http.Route.ANYONE_LOGGED_IN;

import dev.slipway.api.Reason;
import dev.slipway.api.access.Role;
import dev.slipway.api.launch.Launch;
import dev.slipway.api.launch.SetWeight;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.http.Request;
import dev.slipway.backend.http.Route;
import dev.slipway.backend.http.Routes;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/// The launch. Everyone sees it; on-call engineers and operators move the traffic.
public final class LaunchRoutes implements Routes {
    private static final Set<Role> MOVERS = Set.of(ONCALL, OPERATOR);

    private final LaunchService launch;
    private final List<Route> routes;

    public LaunchRoutes(LaunchService launch) {
        this.launch = launch;
        this.routes =
                List.of(
                        new Route(
                                "GET",
                                LAUNCH,
                                ANYONE_LOGGED_IN,
                                "Intended, reported and measured share",
                                null,
                                Launch.class,
                                _ -> launch.launch()),
                        new Route(
                                "PUT",
                                LAUNCH_WEIGHT,
                                MOVERS,
                                "Give the new pool another share",
                                SetWeight.class,
                                Launch.class,
                                this::weight),
                        act(LAUNCH_HOLD, "Refuse to raise the share", this::hold),
                        act(LAUNCH_RESUME, "Allow to raise the share again", this::resume),
                        act(LAUNCH_ROLLBACK, "Send all traffic to legacy", this::rollback)
                                .reachingOutside());
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    private Effect<Launch> weight(Request request) {
        SetWeight weight = request.body(SetWeight.class);
        if (weight.newPercent() < 0 || weight.newPercent() > 100) {
            throw Refused.badRequest("/newPercent", "A share is 0 to 100 percent.");
        }
        String reason = text(weight.reason());
        request.audit(weight.newPercent() + " %", reason);
        return launch.setWeight(
                new SetWeight(weight.newPercent(), weight.expected(), reason), request.user());
    }

    private Effect<Launch> hold(Request request) {
        return launch.hold(request.user(), reason(request, "hold"));
    }

    private Effect<Launch> resume(Request request) {
        return launch.resume(request.user(), reason(request, "resume"));
    }

    /// Is tried whether the state database can be written or not.
    private Launch rollback(Request request) throws InterruptedException {
        return launch.rollback(request.user(), reason(request, "rollback"));
    }

    private static String reason(Request request, String subject) {
        String reason = text(request.body(Reason.class).reason());
        request.audit(subject, reason);
        return reason;
    }

    /// A field that was left out is null, whatever its type says.
    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Route act(String path, String summary, Route.Handler handler) {
        return new Route("POST", path, MOVERS, summary, Reason.class, Launch.class, handler);
    }
}
