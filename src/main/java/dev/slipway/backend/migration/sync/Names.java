package dev.slipway.backend.migration.sync;

import dev.slipway.backend.migration.ledger.Keys;
import dev.slipway.backend.migration.ledger.MatchKey;
import dev.slipway.backend.migration.ledger.Members;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// By which keys other steps find a step's rows: what led where before a batch, and what leads
/// where after it.
final class Names {
    private final StepSync step;
    private final Map<String, Integer> columns = new HashMap<>();
    private final Map<String, Map<String, String>> before = new HashMap<>();

    Names(StepSync step) {
        this.step = step;
    }

    /// Other steps look for rows by one of the table's columns.
    void asked(String by) {
        boolean match = step.step.step().match(by).isPresent();
        for (int i = 0; !match && i < step.step.columns().size(); i++) {
            if (step.step.columns().get(i).name().equals(by)) {
                columns.put(by, i);
            }
        }
    }

    /// Rows that stood until now.
    void stood(Collection<@Nullable Object[]> rows) {
        for (var column : columns.entrySet()) {
            for (@Nullable Object[] row : rows) {
                Object value = row[column.getValue()];
                if (value != null) {
                    before.computeIfAbsent(column.getKey(), _ -> new HashMap<>())
                            .put(value.toString(), step.rows.key(row));
                }
            }
        }
    }

    /// Rows are about to be taken out.
    void going(Collection<String> targets) throws SQLException {
        if (!columns.isEmpty()) {
            stood(step.rows.read(targets).values());
        }
    }

    /// Notes what the rows' keys are now, and tells whose lookups that concerns.
    void change(Units units, Batch batch) throws SQLException {
        if (!step.step.step().matches().isEmpty()) {
            matches(units, batch);
        }
        for (var column : columns.entrySet()) {
            column(column.getKey(), column.getValue(), units, batch);
        }
        before.clear();
    }

    private void column(String by, int at, Units units, Batch batch) throws SQLException {
        Map<String, String> was = before.getOrDefault(by, Map.of());
        Map<String, String> is = new HashMap<>();
        for (Unit unit : units.all()) {
            if (unit.state == Unit.State.WRITTEN && unit.target != null) {
                Object value = unit.there().values()[at];
                if (value != null) {
                    is.put(value.toString(), unit.target);
                }
            }
        }
        tell(by, was, is, batch);
    }

    private void tell(String by, Map<String, String> was, Map<String, String> is, Batch batch)
            throws SQLException {
        Set<String> naturals = new HashSet<>(was.keySet());
        naturals.addAll(is.keySet());
        naturals.removeIf(natural -> Objects.equals(was.get(natural), is.get(natural)));
        if (!naturals.isEmpty()) {
            Set<String> led = new HashSet<>();
            for (String natural : naturals) {
                String target = was.get(natural);
                if (target != null) {
                    led.add(target);
                }
            }
            batch.renamed(step, by, naturals, led);
        }
    }

    private void matches(Units units, Batch batch) throws SQLException {
        Set<Members.Member> was = step.members.of(units.keys());
        Set<Members.Member> is = new HashSet<>();
        for (Unit unit : units.all()) {
            if (unit.counts()) {
                unit.there().naturals().forEach((name, natural) -> add(is, unit, name, natural));
            }
        }
        Set<Members.Member> gone = new HashSet<>(was);
        gone.removeAll(is);
        Set<Members.Member> fresh = new HashSet<>(is);
        fresh.removeAll(was);
        step.members.change(gone, fresh);
        Map<String, Map<String, List<Members.Member>>> touched = new HashMap<>();
        for (Members.Member each : gone) {
            natural(touched, each);
        }
        for (Members.Member each : fresh) {
            natural(touched, each).add(each);
        }
        for (var name : touched.entrySet()) {
            lead(name.getKey(), name.getValue(), units, batch);
        }
    }

    private static List<Members.Member> natural(
            Map<String, Map<String, List<Members.Member>>> touched, Members.Member member) {
        return touched.computeIfAbsent(member.name(), _ -> new HashMap<>())
                .computeIfAbsent(member.natural(), _ -> new ArrayList<>());
    }

    private void add(Set<Members.Member> all, Unit unit, String name, String natural) {
        boolean merges = name.equals(step.merge());
        String target =
                unit.state == Unit.State.WRITTEN || unit.state == Unit.State.MERGED
                        ? unit.target
                        : null;
        // a row that is refused still belongs to its group, and may be merged one day
        if (merges || target != null) {
            all.add(new Members.Member(name, natural, unit.key, target));
        }
    }

    /// Lets each natural key lead to the target row of the first source row that has it.
    private void lead(
            String name, Map<String, List<Members.Member>> touched, Units units, Batch batch)
            throws SQLException {
        Map<String, MatchKey> was = step.matchKeys.find(step.name, name, touched.keySet());
        Set<String> open = new HashSet<>(touched.keySet());
        Set<Members.Member> owners = owners(was.values(), units);
        for (Members.Member owner : owners) {
            if (owner.name().equals(name) && stays(was, owner, touched)) {
                open.remove(owner.natural());
            }
        }
        Map<String, List<Members.Member>> sharing = new HashMap<>();
        for (Members.Member member : step.members.sharing(name, open)) {
            if (member.target() != null) {
                sharing.computeIfAbsent(member.natural(), _ -> new ArrayList<>()).add(member);
            }
        }
        List<MatchKey> now = new ArrayList<>();
        Map<String, String> led = new HashMap<>();
        Map<String, String> leads = new HashMap<>();
        for (String natural : open) {
            MatchKey old = was.get(natural);
            MatchKey key = first(name, natural, sharing.getOrDefault(natural, List.of()));
            if (old != null) {
                led.put(natural, old.target());
            }
            if (key != null) {
                leads.put(natural, key.target());
                if (!key.equals(old)) {
                    now.add(key);
                }
            }
        }
        List<String> gone = open.stream().filter(n -> !leads.containsKey(n)).toList();
        step.matchKeys.change(step.name, name, now, gone);
        tell(name, led, leads, batch);
    }

    private @Nullable MatchKey first(String name, String natural, List<Members.Member> sharing)
            throws SQLException {
        Map<List<String>, Members.Member> bySource = new HashMap<>();
        sharing.forEach(member -> bySource.put(member.source(), member));
        List<List<String>> order =
                sharing.size() == 1
                        ? List.of(sharing.getFirst().source())
                        : step.ordered(bySource.keySet());
        if (order.isEmpty()) {
            return null;
        }
        Members.Member first = bySource.get(order.getFirst());
        String target = first == null ? null : first.target();
        return target == null
                ? null
                : new MatchKey(name, natural, target, Keys.shown(order.getFirst()));
    }

    /// The rows that keys lead to by now, as far as this batch leaves them alone.
    private Set<Members.Member> owners(Collection<MatchKey> keys, Units units) throws SQLException {
        if (step.step.reading().key().size() != 1) {
            return Set.of();
        }
        Set<List<String>> owners = new HashSet<>();
        keys.forEach(key -> owners.add(List.of(key.origin())));
        owners.removeAll(units.keys());
        return step.members.of(owners);
    }

    /// Whether a row goes on to be the first that has a natural key.
    private boolean stays(
            Map<String, MatchKey> was,
            Members.Member owner,
            Map<String, List<Members.Member>> touched)
            throws SQLException {
        MatchKey key = was.get(owner.natural());
        if (key == null
                || !key.origin().equals(Keys.shown(owner.source()))
                || !key.target().equals(owner.target())) {
            return false;
        }
        Set<List<String>> others = new HashSet<>();
        for (Members.Member each : touched.getOrDefault(owner.natural(), List.of())) {
            if (each.target() != null) {
                others.add(each.source());
            }
        }
        others.add(owner.source());
        return step.ordered(others).getFirst().equals(owner.source());
    }
}
