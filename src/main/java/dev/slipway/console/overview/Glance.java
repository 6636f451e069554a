package dev.slipway.console.overview;

import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.launch.Launch;
import dev.slipway.api.metrics.Window;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.StepProgress;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.console.fx.Format;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.function.ToLongFunction;

/// One subject of the overview: a figure, what it means, and whether someone should look.
///
/// @param progress from 0 to 1, or below 0 where there is none
public record Glance(Mood mood, String figure, String words, String detail, double progress) {
    /// Whether someone should look.
    public enum Mood {
        WELL,
        BUSY,
        LOOK,
        BAD,
        NEUTRAL
    }

    static Glance orders(List<Window> pools, ResourceBundle texts) {
        double minutes = pools.stream().mapToDouble(Window::seconds).max().orElse(0) / 60;
        if (minutes <= 0) {
            return plain("–", texts.getString("overview.orders.none"), "");
        }
        long orders = pools.stream().mapToLong(Window::orders).sum();
        BigDecimal value =
                pools.stream().map(Window::orderValue).reduce(BigDecimal.ZERO, BigDecimal::add);
        String currency =
                pools.stream()
                        .map(Window::currency)
                        .filter(c -> !c.isEmpty())
                        .findFirst()
                        .orElse("");
        BigDecimal perMinute = value.divide(BigDecimal.valueOf(minutes), 2, RoundingMode.HALF_EVEN);
        return plain(
                Format.rate(orders / minutes),
                texts.getString("overview.orders.words"),
                MessageFormat.format(
                        texts.getString("overview.orders.value"),
                        Format.money(perMinute, currency)));
    }

    static Glance queues(List<QueueStatus> queues, Instant now, ResourceBundle texts) {
        long dead = sum(queues, QueueStatus::dead);
        long waiting = sum(queues, QueueStatus::ready);
        @Nullable Instant oldest =
                queues.stream()
                        .map(QueueStatus::oldestReady)
                        .filter(Objects::nonNull)
                        .min(Instant::compareTo)
                        .orElse(null);
        String detail =
                MessageFormat.format(
                        texts.getString("overview.queues.detail"),
                        Format.count(waiting),
                        Format.count(sum(queues, QueueStatus::running)),
                        Format.count(dead));
        if (oldest == null) {
            return new Glance(
                    dead > 0 ? Mood.LOOK : Mood.WELL,
                    waiting == 0 ? "0" : texts.getString("overview.unknown"),
                    texts.getString(
                            waiting == 0 ? "overview.queues.empty" : "overview.queues.oldest"),
                    detail,
                    -1);
        }
        return new Glance(
                dead > 0 ? Mood.LOOK : Mood.BUSY,
                Format.age(Duration.between(oldest, now)),
                texts.getString("overview.queues.oldest"),
                detail,
                -1);
    }

    /// The same while the broker is away that brings jobs to the workers.
    Glance withoutBroker(ResourceBundle texts) {
        return new Glance(
                Mood.BAD,
                figure,
                words + texts.getString("overview.queues.brokerAway"),
                detail,
                progress);
    }

    static Glance migration(List<Run> runs, ResourceBundle texts) {
        if (runs.isEmpty()) {
            return plain("–", texts.getString("overview.migration.none"), "");
        }
        Run run = runs.getFirst();
        long rows = sum(run.steps(), StepProgress::rows);
        long read = sum(run.steps(), StepProgress::read);
        Mood mood =
                switch (run.state()) {
                    case VALIDATED -> Mood.WELL;
                    case QUEUED, RUNNING, PAUSING, CANCELLING -> Mood.BUSY;
                    case PAUSED, CANCELLED -> Mood.LOOK;
                    case FAILED, INVALID -> Mood.BAD;
                };
        @Nullable Long eta = run.etaSeconds();
        String detail =
                MessageFormat.format(
                        texts.getString("overview.migration.detail"),
                        Format.count(read),
                        Format.count(rows));
        return new Glance(
                mood,
                texts.getString("run." + run.state()),
                eta == null || run.state().ended()
                        ? ""
                        : MessageFormat.format(
                                texts.getString("overview.migration.eta"),
                                Format.rate(run.rowsPerSecond()),
                                Format.age(Duration.ofSeconds(eta))),
                detail,
                run.state().ended() || rows == 0 ? -1 : Math.min(1, (double) read / rows));
    }

    static Glance invoices(List<InvoiceRun> runs, ResourceBundle texts) {
        if (runs.isEmpty()) {
            return plain("–", texts.getString("overview.invoices.none"), "");
        }
        InvoiceRun run = runs.getFirst();
        Mood mood =
                switch (run.state()) {
                    case DRAFTING, RELEASING -> Mood.BUSY;
                    case DRAFTED -> Mood.LOOK;
                    case RELEASED -> run.failed() > 0 ? Mood.BAD : Mood.WELL;
                    case DISCARDED -> Mood.NEUTRAL;
                    case RELEASE_FAILED, FAILED -> Mood.BAD;
                };
        return new Glance(
                mood,
                texts.getString("invoice-run." + run.state()),
                run.businessDate() + "  ·  " + Format.money(run.gross(), run.currency()),
                MessageFormat.format(
                        texts.getString("overview.invoices.detail"),
                        Format.count(run.invoices()),
                        Format.count(run.notSendable())),
                -1);
    }

    static Glance launch(Launch launch, ResourceBundle texts) {
        Mood mood = launch.problem() != null ? Mood.BAD : launch.held() ? Mood.LOOK : Mood.NEUTRAL;
        return new Glance(
                mood,
                launch.intended() + " %",
                launch.problem() != null
                        ? String.valueOf(launch.problem())
                        : texts.getString(
                                launch.held() ? "overview.launch.held" : "overview.launch.free"),
                launch.changedAt().equals(Instant.EPOCH)
                        ? texts.getString("overview.launch.unmoved")
                        : MessageFormat.format(
                                texts.getString("overview.launch.by"),
                                launch.changedBy(),
                                launch.reason().isBlank() ? "–" : launch.reason()),
                -1);
    }

    private static <T> long sum(List<T> items, ToLongFunction<T> figure) {
        return items.stream().mapToLong(figure).sum();
    }

    private static Glance plain(String figure, String words, String detail) {
        return new Glance(Mood.NEUTRAL, figure, words, detail, -1);
    }
}
