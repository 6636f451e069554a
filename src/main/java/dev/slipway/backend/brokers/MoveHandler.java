package dev.slipway.backend.brokers;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Connection;

import dev.slipway.backend.queues.JobContext;
import dev.slipway.backend.queues.JobFailure;
import dev.slipway.backend.queues.JobHandler;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/// Moves messages back to where they came from, as a job: with progress, a log, and an end when
/// someone cancels it.
final class MoveHandler implements JobHandler {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<BrokerSettings> brokers;

    MoveHandler(List<BrokerSettings> brokers) {
        this.brokers = List.copyOf(brokers);
    }

    @Override
    public String type() {
        return MoveJob.TYPE;
    }

    @Override
    public void run(JobContext job) throws Exception {
        MoveJob asked = job.payload(MoveJob.class);
        BrokerSettings settings =
                brokers.stream()
                        .filter(broker -> broker.name().equals(asked.broker()))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new JobFailure(
                                                "there is no broker '"
                                                        + asked.broker()
                                                        + "' in this worker's configuration",
                                                false,
                                                null));
        if (job.attempt() > 1) {
            job.log(
                    "begun again: what was under way when the last attempt ended may be in both"
                            + " places");
        }
        try (var management = new Management(settings, PATIENCE);
                Connection connection = AmqpLink.open(settings, management, asked.vhost())) {
            var mover = new Mover(connection, asked.queue(), asked.via());
            // those that an attempt before this one moved lie behind the others if they died again
            long before = job.done();
            long total =
                    asked.fingerprints().isEmpty() ? asked.limit() : asked.fingerprints().size();
            MoveReport report =
                    mover.run(
                            counted(asked.fingerprints()),
                            asked.limit() - before,
                            new Pace(asked.perSecond(), job::stopping),
                            moved -> job.progress(before + moved, total));
            tell(job, asked, report, before);
        } catch (IOException | TimeoutException | AlreadyClosedException e) {
            throw new JobFailure(
                    "the broker went away or refused: "
                            + why(e)
                            + ". What was confirmed is moved; the rest lies where it lay",
                    true,
                    e);
        }
    }

    private static String why(Exception e) {
        Throwable last = e;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return String.valueOf(last.getMessage());
    }

    private static Map<String, Integer> counted(List<String> fingerprints) {
        Map<String, Integer> counted = new HashMap<>();
        fingerprints.forEach(each -> counted.merge(each, 1, Integer::sum));
        return counted;
    }

    private static void tell(JobContext job, MoveJob asked, MoveReport report, long before) {
        job.log(
                "%d moved, %d stayed, %d passed over"
                        .formatted(
                                report.movedSoFar(), report.stayedSoFar(), report.passedSoFar()));
        report.reasons().forEach((why, number) -> job.log(number + " stayed: " + why));
        long missing =
                asked.fingerprints().size() - before - report.movedSoFar() - report.stayedSoFar();
        if (!asked.fingerprints().isEmpty() && missing > 0 && !job.stopping()) {
            job.log(missing + " of the chosen were not there: moved before, or consumed");
        }
    }
}
