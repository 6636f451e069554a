package dev.slipway.console.migration;

import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.RunSync;
import dev.slipway.api.migration.SyncState;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// Whether a sync is so far that one could cut over to its target now, and why not.
///
/// @param text for example "3 s behind, verified 41 s ago"
public record Readiness(boolean ready, String text) {
    /// Without news for longer, what was last told is no longer how it stands.
    static final Duration SILENCE = Duration.ofSeconds(15);

    private static final Duration OLDEST_CHECK = Duration.ofMinutes(2);

    /// Of each plan the sync counts that was started last, and of the plans the worst.
    ///
    /// @param syncs those started last first
    /// @param runs what they follow; a copy that did not pass its checks is not cut over to,
    ///   however well it is kept up to date
    /// @param heard whether the backend tells of them now
    public static Readiness of(
            List<RunSync> syncs, List<Run> runs, boolean heard, Instant now, Wording words) {
        Set<String> invalid =
                runs.stream()
                        .filter(run -> run.state() == RunState.INVALID)
                        .map(Run::id)
                        .collect(Collectors.toSet());
        Map<String, RunSync> byPlan = new LinkedHashMap<>();
        syncs.forEach(sync -> byPlan.putIfAbsent(sync.plan(), sync));
        Readiness best = null;
        for (RunSync sync : byPlan.values()) {
            Readiness one = of(sync, now, words);
            if (invalid.contains(sync.runId())) {
                one = new Readiness(false, words.say("sync.invalid", one.text()));
            }
            String text = byPlan.size() == 1 ? one.text() : sync.plan() + ": " + one.text();
            if (!one.ready()) {
                return new Readiness(false, text);
            }
            best = best == null ? new Readiness(heard, text) : best;
        }
        return best == null ? of((RunSync) null, now, words) : best;
    }

    /// @param sync or null if there is none
    public static Readiness of(@Nullable RunSync sync, Instant now, Wording words) {
        if (sync == null) {
            return new Readiness(false, words.say("sync.none"));
        }
        OptionalLong lag = lag(sync, now);
        String behind =
                lag.isEmpty()
                        ? words.say("sync.behindUnknown")
                        : words.say(
                                "sync.behind",
                                Figures.duration(Duration.ofSeconds(lag.getAsLong())));
        String verified =
                sync.verifiedAt() == null
                        ? words.say("sync.neverVerified")
                        : words.say("sync.verified", Figures.age(sync.verifiedAt(), now));
        String stands = behind + ", " + verified;
        if (!sync.difference().isEmpty()) {
            return new Readiness(false, words.say("sync.differs", stands));
        }
        return switch (sync.state()) {
            case CURRENT, CATCHING_UP -> {
                boolean news = !silent(sync, now);
                boolean checked =
                        sync.wholeAt() != null
                                && sync.verifiedAt() != null
                                && sync.verifiedAt().isAfter(now.minus(OLDEST_CHECK));
                String said =
                        news
                                ? stands
                                : words.say("sync.silent", Figures.age(sync.toldAt(), now), stands);
                String whole =
                        sync.wholeAt() == null ? " \u00b7 " + words.say("sync.notWhole") : "";
                // how far it is behind is only known once it is there
                boolean there = sync.state() == SyncState.CURRENT;
                String all =
                        there
                                ? said
                                : words.say(
                                        "sync.notNow", words.of("syncState", sync.state()), said);
                yield new Readiness(news && there && checked, all + whole);
            }
            case QUEUED, LOOKING, CUT_OFF, STOPPING, STOPPED, FAILED ->
                    new Readiness(
                            false,
                            words.say("sync.notNow", words.of("syncState", sync.state()), stands));
        };
    }

    /// How old the state is that the target shows; what was not told since may have waited since.
    static OptionalLong lag(RunSync sync, Instant now) {
        Long told = sync.lagSeconds();
        if (told == null) {
            return OptionalLong.empty();
        }
        boolean still = sync.state() == SyncState.CURRENT && !silent(sync, now);
        return OptionalLong.of(
                still
                        ? told
                        : told + Math.max(0, Duration.between(sync.toldAt(), now).toSeconds()));
    }

    static boolean silent(RunSync sync, Instant now) {
        return sync.toldAt().plus(SILENCE).isBefore(now);
    }
}
