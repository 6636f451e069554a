package dev.slipway.backend.migration.sync;

import dev.slipway.api.migration.Quarantined;
import dev.slipway.backend.migration.engine.Mapping;
import dev.slipway.backend.migration.engine.Mappings;
import dev.slipway.backend.migration.engine.PreparedStep;
import dev.slipway.backend.migration.engine.Refusal;
import dev.slipway.backend.migration.ledger.Corrections;
import dev.slipway.backend.migration.ledger.Keys;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.MatchKeys;
import dev.slipway.backend.migration.ledger.Members;
import dev.slipway.backend.migration.ledger.Origins;
import dev.slipway.backend.migration.ledger.SyncedQuarantine;
import dev.slipway.backend.migration.ledger.Wanted;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.source.SourceColumn;
import dev.slipway.backend.migration.target.Target;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Brings source rows of one step to the target as they now stand: inserted, changed, taken out,
/// put into quarantine or released from it.
final class StepSync {
    private static final int CONSTRAINT_RETRIES = 500;

    final String name;
    final PreparedStep step;
    final Mapping mapping;
    final Source source;
    final TargetRows rows;
    final Origins origins;
    final Members members;
    final MatchKeys matchKeys;
    final Wanted wanted;
    final Names names;
    final SyncedQuarantine quarantine;
    private final String runId;
    private final Target target;
    private final Ledger ledger;

    StepSync(
            String runId,
            PreparedStep step,
            Mappings mappings,
            Source source,
            Target target,
            Ledger ledger,
            String space) {
        this.runId = runId;
        this.step = step;
        this.name = step.step().name();
        this.mapping = mappings.of(step);
        this.source = source;
        this.target = target;
        this.ledger = ledger;
        this.rows = new TargetRows(target, step);
        this.origins = new Origins(ledger, space, name);
        this.members = new Members(ledger, space, name);
        this.matchKeys = new MatchKeys(ledger, space);
        this.wanted = new Wanted(ledger, space, name);
        this.quarantine = new SyncedQuarantine(ledger, runId, name);
        this.names = new Names(this);
    }

    @Nullable String merge() {
        return step.step().merge();
    }

    boolean repeats() {
        return !step.step().repeats().isEmpty();
    }

    /// Whether the target's key tells which source row stands behind it.
    boolean keysTell() {
        return mapping.identity() && merge() == null;
    }

    /// What people corrected in rows of these keys that stand in the target.
    Corrections corrected(List<List<String>> keys) throws SQLException {
        return Corrections.resolved(ledger, runId, name, keys.stream().map(Keys::shown).toList());
    }

    /// The next number for a row that the run numbers.
    long number() throws SQLException {
        return ledger.take(runId, name, 1);
    }

    /// Keys in the source's own order.
    List<List<String>> ordered(Collection<List<String>> keys) throws SQLException {
        var reading = step.reading();
        boolean number =
                reading.key().size() == 1
                        && reading.columns().get(reading.index(reading.key().getFirst())).kind()
                                == SourceColumn.Kind.INTEGER
                        && keys.stream().allMatch(k -> k.getFirst().matches("-?\\d+"));
        if (number) {
            return keys.stream()
                    .sorted(Comparator.comparing(k -> new BigInteger(k.getFirst())))
                    .toList();
        }
        return keys.size() < 2 ? List.copyOf(keys) : source.ordered(reading, List.copyOf(keys));
    }

    /// The source rows behind target rows.
    List<List<String>> behind(Collection<String> targets) throws SQLException {
        return keysTell()
                ? targets.stream().map(List::of).toList()
                : List.copyOf(origins.behind(targets).values());
    }

    /// Brings rows over. What the target refuses goes to quarantine, as in the copy.
    ///
    /// @param page the rows, if they are read already
    void apply(Collection<List<String>> keys, Units.@Nullable Page page, Batch batch)
            throws SQLException {
        Map<List<String>, Refusal> refused = new HashMap<>();
        while (true) {
            var savepoint = target.connection().setSavepoint();
            int known = refused.size();
            Batch.Mark mark = batch.mark();
            var units = new Units(this, refused, page);
            units.decide(keys);
            units.number();
            write(units, refused, batch);
            if (refused.size() == known) {
                target.connection().releaseSavepoint(savepoint);
                return;
            }
            target.connection().rollback(savepoint);
            batch.undone(mark);
        }
    }

    private void write(Units units, Map<List<String>, Refusal> refused, Batch batch)
            throws SQLException {
        Map<String, Unit> now = targets(units, refused);
        if (units.all().stream()
                .anyMatch(u -> u.state == Unit.State.WRITTEN && refused.containsKey(u.key))) {
            return;
        }
        Set<String> before = before(units, now.keySet());
        Set<String> gone = new HashSet<>(before);
        gone.removeAll(now.keySet());
        batch.takeOut(this, gone);
        Map<String, @Nullable Object[]> standing = rows.read(now.keySet());
        names.stood(standing.values());
        var written = new Writer(this, batch, target).write(now, standing, refused);
        if (now.values().stream().anyMatch(u -> refused.containsKey(u.key))) {
            return;
        }
        batch.wrote(name, written);
        note(units, batch);
        names.change(units, batch);
        if (written.inserted() + written.updated() > 0 || !gone.isEmpty()) {
            batch.changed(this);
        }
    }

    /// What is to stand, by target key; whoever comes second to a key is refused.
    private Map<String, Unit> targets(Units units, Map<List<String>, Refusal> refused)
            throws SQLException {
        Map<String, Unit> now = new LinkedHashMap<>();
        for (Unit unit : units.all()) {
            if (unit.state == Unit.State.WRITTEN) {
                Unit other = now.putIfAbsent(String.valueOf(unit.target), unit);
                if (other != null) {
                    refused.put(unit.key, taken(unit));
                }
            }
        }
        if (!mapping.identity()) {
            for (var owner : origins.behind(now.keySet()).entrySet()) {
                Unit unit = now.get(owner.getKey());
                if (unit != null && !units.keys().contains(owner.getValue())) {
                    refused.put(unit.key, taken(unit));
                }
            }
        }
        return now;
    }

    private static Refusal taken(Unit unit) {
        String reason = "the target refused it: another row has the key " + unit.target;
        return new Refusal(false, "", "constraint", reason, null);
    }

    /// The target rows that these source rows stood behind until now.
    private Set<String> before(Units units, Set<String> now) throws SQLException {
        if (!keysTell()) {
            Set<String> before = new HashSet<>(origins.of(units.keys()).values());
            before.addAll(copied(units));
            return before;
        }
        Set<String> keys = new LinkedHashSet<>();
        units.keys().stream()
                .map(List::getFirst)
                .filter(key -> key.matches("-?\\d{1,18}") && !now.contains(key))
                .forEach(keys::add);
        return rows.read(keys).keySet();
    }

    /// What the copy made of the groups of these rows and no source row stands behind any more.
    private Set<String> copied(Units units) throws SQLException {
        String match = merge();
        if (match == null) {
            return Set.of();
        }
        Set<String> naturals = new HashSet<>();
        for (Unit unit : units.all()) {
            String natural = unit.natural(match);
            if (natural != null && unit.state == Unit.State.WRITTEN) {
                naturals.add(natural);
            }
        }
        Set<String> targets = new HashSet<>();
        matchKeys.find(name, match, naturals).values().forEach(key -> targets.add(key.target()));
        targets.removeAll(origins.behind(targets).keySet());
        return targets;
    }

    /// What the ledger is to know of them.
    private void note(Units units, Batch batch) throws SQLException {
        Map<List<String>, String> stand = new HashMap<>();
        List<List<String>> none = new ArrayList<>();
        List<@Nullable String[]> bad = new ArrayList<>();
        List<Refusal> why = new ArrayList<>();
        Set<Wanted.Wait> waits = new HashSet<>();
        for (Unit unit : units.all()) {
            if (unit.state == Unit.State.WRITTEN && unit.target != null) {
                stand.put(unit.key, unit.target);
            } else {
                none.add(unit.key);
            }
            if (unit.state == Unit.State.REFUSED && unit.refusal != null) {
                bad.add(unit.there().raw());
                why.add(unit.refusal);
            }
            // no column of the target tells what a row that is not written hangs on
            boolean unseen =
                    unit.state == Unit.State.REFUSED
                            || unit.state == Unit.State.SKIPPED
                            || unit.state == Unit.State.MERGED && mapping.amends();
            if (unit.counts()) {
                for (Mapping.Want want : unit.there().wants()) {
                    if (want.asked() || !want.met() || unseen) {
                        String natural = Keys.visible(want.natural());
                        waits.add(new Wanted.Wait(want.step(), want.by(), natural, unit.key));
                    }
                }
            }
        }
        if (!keysTell()) {
            Map<List<String>, String> known = origins.of(units.keys());
            stand.entrySet().removeIf(e -> e.getValue().equals(known.get(e.getKey())));
            none.retainAll(known.keySet());
            origins.change(stand, none);
        }
        List<Quarantined> rowsOut = mapping.quarantined(runId, source, bad, why);
        boolean moved = quarantine.keep(units.keys().stream().map(Keys::shown).toList(), rowsOut);
        if (moved) {
            batch.quarantineChanged(name);
        }
        if (!mapping.links().isEmpty()) {
            Set<Wanted.Wait> known = wanted.of(units.keys());
            Set<Wanted.Wait> fresh = new HashSet<>(waits);
            fresh.removeAll(known);
            known.removeAll(waits);
            wanted.change(known, fresh);
        }
    }

    /// The rows that the target itself refused: what stood in their way may be gone.
    List<List<String>> refusedByTarget() throws SQLException {
        return quarantine.refused(CONSTRAINT_RETRIES).stream().map(this::key).toList();
    }

    /// The source key of a row in quarantine.
    List<String> key(Map<String, @Nullable String> raw) {
        return step.reading().key().stream()
                .map(k -> raw.get(step.reading().columns().get(step.reading().index(k)).name()))
                .map(v -> v == null ? "" : v)
                .toList();
    }
}
