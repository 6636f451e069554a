package dev.slipway.backend.schedules;

import dev.slipway.api.schedules.CatchUp;
import dev.slipway.api.schedules.Overlap;
import dev.slipway.api.schedules.ScheduleSpec;
import dev.slipway.backend.http.Refused;
import dev.slipway.config.Configuration;
import dev.slipway.config.Section;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What the section `schedules` says: each key is a schedule's name. They are what a new backend
/// begins with; what people make of them is kept in the state database.
public final class ScheduleSettings {
    /// One schedule of the file.
    public record Configured(String name, ScheduleSpec spec) {}

    private ScheduleSettings() {}

    /// Reads the section; what is wrong is reported with its line.
    public static List<Configured> read(Configuration configuration, Tasks tasks) {
        List<Configured> found = new ArrayList<>();
        try (Section all = configuration.section("schedules")) {
            for (String name : all.keys()) {
                Section one = all.section(name);
                if (one != null) {
                    try (one) {
                        check(all, name, one, tasks)
                                .ifPresent(spec -> found.add(new Configured(name, spec)));
                    }
                }
            }
        }
        return found;
    }

    private static java.util.Optional<ScheduleSpec> check(
            Section all, String name, Section one, Tasks tasks) {
        var spec =
                new ScheduleSpec(
                        one.text("cron"),
                        one.text("zone"),
                        one.text("task"),
                        parameters(one),
                        one.integer("days-back", 1),
                        word(one, "catch-up", CatchUp.values(), CatchUp.LATEST),
                        one.integer("grace-minutes", 60),
                        word(one, "overlap", Overlap.values(), Overlap.WAIT),
                        one.flag("enabled", true));
        try {
            Specs.checkName(name);
        } catch (Refused e) {
            all.problem(name, "" + e.getMessage());
        }
        try {
            return java.util.Optional.of(new Specs(tasks).checked(spec));
        } catch (Refused e) {
            one.problem(key(e), "" + e.getMessage());
            return java.util.Optional.empty();
        }
    }

    private static Map<String, String> parameters(Section one) {
        Map<String, String> parameters = new TreeMap<>();
        Section given = one.section("parameters");
        if (given != null) {
            try (given) {
                given.keys().forEach(key -> parameters.put(key, given.text(key)));
            }
        }
        return parameters;
    }

    /// The key of the file for a field of the contract: `/spec/daysBack` is `days-back`.
    private static String key(Refused e) {
        String field = e.errors().isEmpty() ? "" : e.errors().getFirst().field();
        String last = field.replace("/spec/", "").replaceAll("/.*", "");
        return last.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> E word(Section one, String key, E[] all, E otherwise) {
        String word = one.text(key, otherwise.name()).toUpperCase(Locale.ROOT);
        return Arrays.stream(all)
                .filter(value -> value.name().equals(word))
                .findFirst()
                .orElseGet(
                        () -> {
                            one.problem(
                                    key,
                                    "'%s' must be one of %s"
                                            .formatted(
                                                    key,
                                                    Arrays.toString(all).toLowerCase(Locale.ROOT)));
                            return otherwise;
                        });
    }
}
