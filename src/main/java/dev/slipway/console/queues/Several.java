package dev.slipway.console.queues;

import dev.slipway.api.queues.Job;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Does one thing to several jobs, one after the other.
@FunctionalInterface
interface Several {
    void apply(Job job) throws ProblemException;

    /// A job that is refused is passed over: someone else may have been faster. Any other problem
    /// would meet the rest as well and ends it.
    default Repaired to(List<Job> jobs) {
        int done = 0;
        @Nullable Problem first = null;
        for (Job job : jobs) {
            try {
                apply(job);
                done++;
            } catch (ProblemException e) {
                first = first == null ? e.problem() : first;
                if (!(e.problem() instanceof Problem.Rejected)) {
                    break;
                }
            }
        }
        return new Repaired(done, jobs.size(), first);
    }
}
