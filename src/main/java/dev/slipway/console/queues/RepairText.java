package dev.slipway.console.queues;

import dev.slipway.api.queues.JobFilter;
import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.RepairAct;
import dev.slipway.api.queues.RepairProgress;
import dev.slipway.api.queues.RepairState;
import dev.slipway.api.queues.StartRepair;
import dev.slipway.api.queues.Untouched;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Says what a repair is, does and has come to.
record RepairText(Wording words) {

    /// `RUNNING` and so on, with its figures.
    String headline(Repair repair) {
        RepairProgress p = repair.progress();
        String total = Figures.count(repair.preview().total());
        return switch (repair.state()) {
            case COUNTING ->
                    words.say("repair.counting", total, Figures.count(repair.preview().searched()));
            case COUNTED -> words.say("repair.counted." + repair.act(), total);
            case PROBING -> words.say("repair.probing", Figures.count(p.moved()), total);
            case RUNNING ->
                    words.say(
                            "repair.running",
                            Figures.count(p.moved()),
                            total,
                            Figures.rate(p.rateNow()),
                            took(p.seconds()));
            case PAUSED -> words.say("repair.paused", Figures.count(p.moved()), total);
            case SETTLING -> words.say("repair.settling", Figures.count(p.waiting()), total);
            case DONE -> words.say("repair.done." + repair.act(), Figures.count(p.moved()), total);
            case STOPPED ->
                    words.say("repair.stopped", Figures.count(p.moved()), total, left(repair));
            case CANCELLED ->
                    words.say("repair.cancelled", Figures.count(p.moved()), total, left(repair));
            case EXPIRED -> words.say("repair.expired");
        };
    }

    private static String left(Repair repair) {
        return Figures.count(Math.max(0, repair.preview().total() - repair.progress().moved()));
    }

    /// Everything else that is to be known, in lines.
    ///
    /// @param how what would be started; empty if a figure is wrong
    String detail(Repair repair, Optional<StartRepair> how) {
        List<String> lines = new ArrayList<>();
        RepairProgress p = repair.progress();
        String whose = words.say("repair.whose", which(repair.filter()), repair.by());
        boolean waits = repair.state() == RepairState.COUNTED;
        lines.add(whose + (waits ? how.map(h -> " · " + estimate(repair, h)).orElse("") : ""));
        if (!repair.note().isEmpty()) {
            lines.add(repair.note());
        }
        switch (repair.state()) {
            case COUNTING, COUNTED, EXPIRED -> {
                // the headline says it
            }
            case PROBING, RUNNING, PAUSED, SETTLING, DONE, STOPPED, CANCELLED -> {
                if (repair.act() != RepairAct.DISCARD) {
                    lines.add(
                            words.say(
                                    "repair.outcomes",
                                    Figures.count(p.succeeded()),
                                    Figures.count(p.failed()),
                                    Figures.count(p.waiting())));
                }
            }
        }
        for (Untouched untouched : repair.preview().untouched()) {
            lines.add(
                    words.say(
                            "repair.untouched." + untouched.cause(),
                            Figures.count(untouched.count()) + (untouched.orMore() ? "+" : "")));
        }
        return String.join("\n", lines);
    }

    private String estimate(Repair repair, StartRepair how) {
        return words.say("repair.estimate", took(seconds(repair, how)));
    }

    private static long seconds(Repair repair, StartRepair how) {
        int rate = how.rate();
        double first = repair.act() == RepairAct.DISCARD ? rate : StartRepair.firstRate(rate);
        return StartRepair.seconds(repair.preview().total(), first, rate);
    }

    String question(Repair repair) {
        return words.say(
                "repair.question." + repair.act(),
                Figures.count(repair.preview().total()),
                Objects.requireNonNullElse(repair.target(), ""));
    }

    String consequence(Repair repair, StartRepair how) {
        String what = words.say("repair.which", which(repair.filter()));
        String then =
                repair.act() == RepairAct.DISCARD
                        ? words.say("repair.consequence.DISCARD", took(seconds(repair, how)))
                        : words.say(
                                "repair.consequence",
                                how.probe(),
                                Figures.count(how.rate()),
                                how.stopPercent(),
                                took(seconds(repair, how)));
        return what + "\n" + then;
    }

    /// The filter in words, such as `queue mail, fault f1a9c0de`.
    String which(JobFilter filter) {
        List<String> parts = new ArrayList<>();
        part(parts, "queue", filter.queue());
        part(parts, "type", filter.type());
        part(parts, "fault", filter.fingerprint());
        part(parts, "text", filter.text());
        part(parts, "from", filter.from());
        part(parts, "to", filter.to());
        return parts.isEmpty() ? words.say("repair.which.all") : String.join(", ", parts);
    }

    private void part(List<String> parts, String name, @Nullable Object value) {
        if (value != null) {
            parts.add(words.say("repair.which." + name, value.toString()));
        }
    }

    private static String took(@Nullable Long seconds) {
        return seconds == null ? Figures.UNKNOWN : Figures.duration(Duration.ofSeconds(seconds));
    }
}
