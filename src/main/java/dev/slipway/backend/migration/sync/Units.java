package dev.slipway.backend.migration.sync;

import dev.slipway.backend.migration.engine.Mapping;
import dev.slipway.backend.migration.engine.Refusal;
import dev.slipway.backend.migration.ledger.Corrections;
import dev.slipway.backend.migration.ledger.Keys;
import dev.slipway.backend.migration.ledger.MatchKey;
import dev.slipway.backend.migration.ledger.Members;
import dev.slipway.backend.migration.source.KeyRange;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Some source rows of a step as they now stand, and what becomes of each: the same as a copy would
/// make of them among all the others.
final class Units {
    private final StepSync step;
    private final Map<List<String>, Refusal> refusedByTarget;
    private final @Nullable Page page;
    private final Map<List<String>, Unit> all = new LinkedHashMap<>();

    /// Rows that follow one another in the source.
    ///
    /// @param before the one before the first, or null
    record Page(List<@Nullable String[]> rows, @Nullable String @Nullable [] before) {}

    /// @param refusedByTarget rows that the target itself refused, with its reason
    Units(StepSync step, Map<List<String>, Refusal> refusedByTarget, @Nullable Page page) {
        this.step = step;
        this.refusedByTarget = refusedByTarget;
        this.page = page;
    }

    Collection<Unit> all() {
        return all.values();
    }

    Set<List<String>> keys() {
        return all.keySet();
    }

    /// Reads the rows and decides, together with those whose fate hangs on theirs.
    void decide(Collection<List<String>> asked) throws SQLException {
        Set<List<String>> keys = new LinkedHashSet<>(asked);
        do {
            load(keys);
            keys.clear();
            keys.addAll(all.keySet());
        } while (merge(keys));
    }

    private void load(Set<List<String>> keys) throws SQLException {
        all.clear();
        Map<List<String>, @Nullable String[]> rows = read(keys);
        List<List<String>> order = step.ordered(rows.keySet());
        List<@Nullable String[]> raw = new ArrayList<>();
        Corrections corrected = step.corrected(order);
        for (List<String> key : order) {
            @Nullable String[] row = Objects.requireNonNull(rows.get(key));
            raw.add(corrected.over(Keys.shown(key), step.step.reading(), row));
        }
        List<Mapping.Made> made = step.mapping.make(raw);
        for (int i = 0; i < order.size(); i++) {
            all.put(order.get(i), new Unit(order.get(i), made.get(i)));
        }
        for (List<String> key : keys) {
            all.computeIfAbsent(key, k -> new Unit(k, null));
        }
    }

    private Map<List<String>, @Nullable String[]> read(Set<List<String>> keys) throws SQLException {
        Map<List<String>, @Nullable String[]> rows = new HashMap<>();
        if (page != null) {
            page.rows().forEach(row -> rows.put(step.step.key(row), row));
        }
        List<List<String>> others = new ArrayList<>(keys);
        others.removeAll(rows.keySet());
        if (step.repeats() && !others.isEmpty()) {
            // the row after one that changed may repeat it, or no more
            for (List<String> key : others) {
                var after = new KeyRange(key, List.of());
                for (@Nullable String[] row : step.source.read(step.step.reading(), after, 1)) {
                    rows.put(step.step.key(row), row);
                }
            }
        }
        for (@Nullable String[] row : step.source.rows(step.step.reading(), others)) {
            rows.put(step.step.key(row), row);
        }
        return rows;
    }

    /// @return whether more rows must be looked at, which are then among the keys
    private boolean merge(Set<List<String>> keys) throws SQLException {
        String match = step.merge();
        Map<String, List<Unit>> groups = new LinkedHashMap<>();
        for (Unit unit : all.values()) {
            String natural = match == null ? null : unit.natural(match);
            if (natural != null) {
                groups.computeIfAbsent(natural, _ -> new ArrayList<>()).add(unit);
            } else if (unit.counts()) {
                alone(unit);
            }
        }
        if (match == null) {
            return false;
        }
        for (Members.Member known : step.members.of(all.keySet())) {
            if (known.name().equals(match)) {
                groups.computeIfAbsent(known.natural(), _ -> new ArrayList<>());
            }
        }
        return merge(match, groups, keys);
    }

    private void alone(Unit unit) throws SQLException {
        Refusal refusal = refusal(unit);
        @Nullable String @Nullable [] before = step.repeats() ? before(unit) : null;
        if (before != null && step.mapping.repeats(unit.there().raw(), before)) {
            unit.state = Unit.State.MERGED;
        } else if (refusal != null) {
            unit.refuse(refusal);
        } else {
            unit.write();
        }
    }

    private @Nullable String @Nullable [] before(Unit unit) throws SQLException {
        if (page != null) {
            for (int i = 0; i < page.rows().size(); i++) {
                if (step.step.key(page.rows().get(i)).equals(unit.key)) {
                    return i == 0 ? page.before() : page.rows().get(i - 1);
                }
            }
        }
        return step.source.previous(step.step.reading(), unit.key);
    }

    private @Nullable Refusal refusal(Unit unit) {
        return refusedByTarget.getOrDefault(unit.key, unit.there().refusal());
    }

    private boolean merge(String match, Map<String, List<Unit>> groups, Set<List<String>> keys)
            throws SQLException {
        Map<String, MatchKey> standing = step.matchKeys.find(step.name, match, groups.keySet());
        Map<String, List<String>> behind =
                step.origins.behind(standing.values().stream().map(MatchKey::target).toList());
        Set<String> whole = new HashSet<>();
        for (var group : groups.entrySet()) {
            MatchKey stands = standing.get(group.getKey());
            List<String> first = stands == null ? null : behind.get(stands.target());
            if (step.mapping.amends()
                    || stands == null
                    || first == null
                    || !beside(group.getValue(), first, stands.target())) {
                whole.add(group.getKey());
            }
        }
        boolean more = false;
        for (Members.Member member : step.members.sharing(match, whole)) {
            more |= keys.add(member.source());
        }
        if (!more) {
            for (String natural : whole) {
                fold(groups.getOrDefault(natural, List.of()), standing.get(natural));
            }
        }
        return more;
    }

    /// Puts rows beside the one that stands for their group, if it goes on to.
    private boolean beside(List<Unit> units, List<String> first, String target)
            throws SQLException {
        Unit own = all.get(first);
        if (own != null && (!units.contains(own) || refusal(own) != null)) {
            return false;
        }
        Set<List<String>> keys = new HashSet<>();
        units.forEach(unit -> keys.add(unit.key));
        keys.add(first);
        List<List<String>> order = step.ordered(keys);
        int place = order.indexOf(first);
        if (place < 0) {
            return false;
        }
        for (Unit unit : units) {
            boolean earlier = order.indexOf(unit.key) < place;
            Refusal refusal = refusal(unit);
            if (earlier && refusal == null) {
                return false;
            }
            if (earlier && refusal != null) {
                unit.refuse(refusal);
            } else if (unit.equals(own)) {
                unit.write();
                unit.target = target;
            } else {
                unit.state = Unit.State.MERGED;
                unit.target = target;
            }
        }
        return true;
    }

    /// Makes one row of all that share a natural key, in the order of their keys.
    private void fold(List<Unit> units, @Nullable MatchKey stands) {
        Unit first = null;
        for (Unit unit : units) {
            Refusal refusal = refusal(unit);
            if (first != null) {
                unit.state = Unit.State.MERGED;
                if (refusal == null && step.mapping.amends()) {
                    step.mapping.amend(first.there().values(), unit.there().values());
                }
            } else if (refusal != null) {
                unit.refuse(refusal);
            } else {
                first = unit;
                unit.write();
            }
        }
        if (first != null) {
            // a number that the run gave stays with its group
            first.target = stands == null ? null : stands.target();
        }
    }

    /// Gives every row that is written its target key, and those merged into it the same.
    void number() throws SQLException {
        int[] numbered = step.mapping.numbered();
        String match = step.merge();
        Map<List<String>, String> known = numbered.length == 0 ? Map.of() : numbers();
        Map<String, String> groups = new HashMap<>();
        for (Unit unit : all.values()) {
            if (unit.state == Unit.State.WRITTEN) {
                if (numbered.length > 0) {
                    String old = unit.target == null ? known.get(unit.key) : unit.target;
                    long number = old == null ? step.number() : Long.parseLong(old);
                    for (int at : numbered) {
                        unit.there().values()[at] = step.mapping.number(at, number);
                    }
                }
                unit.target = step.rows.key(unit.there().values());
                String natural = match == null ? null : unit.natural(match);
                if (natural != null) {
                    groups.put(natural, unit.target);
                }
            }
        }
        for (Unit unit : all.values()) {
            String natural = match == null ? null : unit.natural(match);
            if (unit.state == Unit.State.MERGED && natural != null) {
                unit.target = groups.getOrDefault(natural, unit.target);
            }
        }
    }

    /// The numbers that rows got, by this sync or by the copy.
    private Map<List<String>, String> numbers() throws SQLException {
        Map<List<String>, String> known = new HashMap<>();
        Map<String, List<String>> shown = new HashMap<>();
        all.keySet().forEach(key -> shown.put(Keys.shown(key), key));
        step.matchKeys
                .find(step.name, "", shown.keySet())
                .forEach((key, number) -> known.put(shown.get(key), number.target()));
        known.putAll(step.origins.of(all.keySet()));
        return known;
    }
}
