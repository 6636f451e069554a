package dev.slipway.console.metrics;

import dev.slipway.api.metrics.CacheStatus;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.Format;
import dev.slipway.console.table.Figures;

import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The caches of the shop's processes, a line each. What is not known is a dash and never 0.
public final class CachesViewModel {
    private static final double MEGABYTE = 1L << 20;

    private final InstantSource clock;
    private final Wording words;
    private final ReadOnlyStringWrapper well = new ReadOnlyStringWrapper(this, "well", "");
    private final ReadOnlyStringWrapper trouble = new ReadOnlyStringWrapper(this, "trouble", "");

    public CachesViewModel(InstantSource clock, Wording words) {
        this.clock = clock;
        this.words = words;
    }

    public void show(LoadState<List<CacheStatus>> fresh) {
        Instant now = clock.instant();
        boolean live = fresh instanceof LoadState.Ready<?>;
        List<String> good = new ArrayList<>();
        List<String> bad = new ArrayList<>();
        for (CacheStatus cache : fresh.value().orElse(List.of())) {
            String asOf =
                    live && cache.reachable()
                            ? ""
                            : words.say("cache.asOf", Figures.moment(cache.asOf(), now));
            if (!cache.reachable()) {
                bad.add(words.say("cache.gone", cache.shop(), cache.problem(), asOf));
            } else if (cache.awaySince() != null) {
                bad.add(
                        words.say(
                                "cache.away",
                                cache.shop(),
                                Figures.moment(cache.awaySince(), now),
                                cache.problem(),
                                count(cache.loads()),
                                asOf));
            } else {
                good.add(line(cache, asOf));
                if (!cache.problem().isEmpty()) {
                    bad.add(words.say("cache.problem", cache.shop(), cache.problem()));
                }
            }
        }
        well.set(String.join("\n", good));
        trouble.set(String.join("\n", bad));
    }

    private String line(CacheStatus cache, String asOf) {
        Double ratio = cache.hitRatio();
        return words.say(
                cache.where().equals("redis") ? "cache.redis" : "cache.process",
                cache.shop(),
                ratio == null ? Figures.UNKNOWN : Format.share(ratio),
                count(cache.asked()),
                count(cache.entries()),
                megabytes(cache.bytes()),
                megabytes(cache.maxBytes()),
                count(cache.evictions()),
                asOf);
    }

    private static String count(@Nullable Long number) {
        return number == null ? Figures.UNKNOWN : Figures.count(number);
    }

    private static String megabytes(@Nullable Long bytes) {
        return bytes == null
                ? Figures.UNKNOWN
                : String.format(Locale.UK, "%,.1f MB", bytes / MEGABYTE);
    }

    /// Those that do well; empty if there are none.
    public ReadOnlyStringProperty well() {
        return well.getReadOnlyProperty();
    }

    /// Those that don't; empty if all do.
    public ReadOnlyStringProperty trouble() {
        return trouble.getReadOnlyProperty();
    }
}
