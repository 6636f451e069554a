package dev.slipway.backend.queues;

import static dev.slipway.api.Paths.FAILURES;
import static dev.slipway.api.Paths.JOB;
import static dev.slipway.api.Paths.JOBS;
import static dev.slipway.api.Paths.JOB_ATTEMPTS;
import static dev.slipway.api.Paths.JOB_CANCEL;
import static dev.slipway.api.Paths.JOB_DISCARD;
import static dev.slipway.api.Paths.JOB_LOG;
import static dev.slipway.api.Paths.JOB_RETRY;
import static dev.slipway.api.Paths.QUEUES;
import static dev.slipway.api.access.Role.ONCALL;
import static dev.slipway.api.access.Role.OPERATOR;
import static dev.slipway.backend.http.Route.ANYONE_LOGGED_IN;

import static java.util.Objects.requireNonNullElse;

import dev.slipway.api.Page;
import dev.slipway.api.Reason;
import dev.slipway.api.access.Role;
import dev.slipway.api.queues.Attempt;
import dev.slipway.api.queues.FailureGroup;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobLine;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.http.Request;
import dev.slipway.backend.http.Route;
import dev.slipway.backend.http.Routes;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;

/// Queues, failures and jobs. Everyone reads; operators and on-call engineers retry and discard.
public final class QueueRoutes implements Routes {
    private static final Set<Role> REPAIRERS = Set.of(OPERATOR, ONCALL);

    private final QueueService queues;
    private final List<Route> routes;

    public QueueRoutes(QueueService queues) {
        this.queues = queues;
        this.routes =
                List.of(
                        read(QUEUES, "Every queue at a glance", QueueStatus.class, this::queues)
                                .paged(),
                        read(FAILURES, "Dead jobs by fault", FailureGroup.class, this::failures)
                                .paged(),
                        read(
                                        JOBS,
                                        "Jobs, newest first; failed ones by when they failed",
                                        Job.class,
                                        this::jobs)
                                .paged()
                                .with("queue", "only jobs of this queue")
                                .with("state", "only jobs in this state")
                                .with("type", "only jobs of this type")
                                .with("fingerprint", "only jobs that failed of this fault")
                                .with("text", "only jobs whose id, subject or error holds this")
                                .with("from", "only jobs that ended then or later")
                                .with("to", "only jobs that ended before then"),
                        read(JOB, "One job", Job.class, r -> queues.job(r.path("id"))),
                        read(JOB_LOG, "A job's log", JobLine.class, this::log).paged(),
                        read(
                                        JOB_ATTEMPTS,
                                        "Each time that a worker took a job",
                                        Attempt.class,
                                        this::attempts)
                                .paged(),
                        write(
                                JOB_CANCEL,
                                "Give up a job that waits or runs",
                                Reason.class,
                                this::cancel),
                        write(JOB_RETRY, "Run an ended job again", null, this::retry),
                        write(JOB_DISCARD, "Give a job up", Reason.class, this::discard));
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    private Page<QueueStatus> queues(Request request) {
        List<QueueStatus> all = queues.statuses();
        return new Page<>(all, null, (long) all.size());
    }

    private Page<FailureGroup> failures(Request request) {
        return queues.failures(
                (int) cursor(request, Integer.MAX_VALUE), request.query("limit", 100, 1, 500));
    }

    private Page<Job> jobs(Request request) {
        return queues.jobs(JobQuery.of(request));
    }

    private Page<JobLine> log(Request request) {
        return queues.log(
                request.path("id"),
                cursor(request, Long.MAX_VALUE),
                request.query("limit", 500, 1, 2_000));
    }

    private Effect<Job> retry(Request request) {
        request.audit(request.path("id"), "");
        return queues.retry(request.path("id"), request.user());
    }

    private Effect<Job> discard(Request request) {
        Reason reason = request.body(Reason.class);
        request.audit(request.path("id"), requireNonNullElse(reason.reason(), ""));
        return queues.discard(
                request.path("id"), request.user(), requireNonNullElse(reason.reason(), ""));
    }

    private Effect<Job> cancel(Request request) {
        Reason reason = request.body(Reason.class);
        request.audit(request.path("id"), requireNonNullElse(reason.reason(), ""));
        return queues.cancel(
                request.path("id"), request.user(), requireNonNullElse(reason.reason(), ""));
    }

    private Page<Attempt> attempts(Request request) {
        List<Attempt> all = queues.attempts(request.path("id"));
        return new Page<>(all, null, (long) all.size());
    }

    private static long cursor(Request request, long most) {
        String cursor = request.query("after").orElse("0");
        try {
            long value = Long.parseLong(cursor);
            if (value >= 0 && value <= most) {
                return value;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw Refused.badRequest("after", "Not a cursor that this list gave.");
    }

    private static Route read(String path, String summary, Class<?> item, Route.Handler handler) {
        return new Route("GET", path, ANYONE_LOGGED_IN, summary, null, item, handler);
    }

    private static Route write(
            String path, String summary, @Nullable Class<?> body, Route.Handler handler) {
        return new Route("POST", path, REPAIRERS, summary, body, Job.class, handler);
    }
}
