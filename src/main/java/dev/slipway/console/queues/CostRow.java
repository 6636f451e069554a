package dev.slipway.console.queues;

import dev.slipway.api.tasks.TypeCost;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.Format;
import dev.slipway.console.table.Figures;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// What the jobs of one type cost over several days.
///
/// @param jobs that ended
/// @param attempts that ended
/// @param cpuMillis of all these attempts, as far as it is known
/// @param unknown attempts whose CPU time is not
/// @param wallMillis of all these attempts
/// @param cpu in words
/// @param each CPU time for each job that ended, in words; a dash if none did
public record CostRow(
        String type,
        long jobs,
        long attempts,
        long cpuMillis,
        long unknown,
        long wallMillis,
        String cpu,
        String each) {

    /// What costs most comes first.
    static final Comparator<CostRow> DEAREST_FIRST =
            Comparator.comparing(CostRow::cpuMillis).reversed().thenComparing(CostRow::type);

    /// One row for each type.
    static List<CostRow> of(Collection<TypeCost> days, Wording words) {
        return days.stream().collect(Collectors.groupingBy(TypeCost::type)).entrySet().stream()
                .map(type -> of(type.getKey(), type.getValue(), words))
                .sorted(DEAREST_FIRST)
                .toList();
    }

    /// All days of a type, or of all types, in one.
    static CostRow of(String type, Collection<TypeCost> days, Wording words) {
        long jobs = days.stream().mapToLong(TypeCost::jobs).sum();
        long cpu = days.stream().mapToLong(TypeCost::cpuMillis).sum();
        long unknown = days.stream().mapToLong(TypeCost::unknown).sum();
        return new CostRow(
                type,
                jobs,
                days.stream().mapToLong(TypeCost::attempts).sum(),
                cpu,
                unknown,
                days.stream().mapToLong(TypeCost::wallMillis).sum(),
                known(cpu, unknown, words),
                jobs == 0
                        ? Figures.UNKNOWN
                        : known(Math.round((double) cpu / jobs), unknown, words));
    }

    private static String known(long millis, long unknown, Wording words) {
        if (unknown > 0 && millis == 0) {
            return Figures.UNKNOWN;
        }
        return unknown == 0 ? time(millis) : words.say("costs.atLeast", time(millis));
    }

    /// `21 ms`, `403.1 s`, `3 h 43 min`
    static String time(long millis) {
        return millis < 600_000
                ? Format.millis(millis)
                : Figures.duration(Duration.ofMillis(millis));
    }

    /// CPU time for each job in milliseconds; less than any if none ended.
    double eachMillis() {
        return jobs == 0 ? -1 : (double) cpuMillis / jobs;
    }
}
