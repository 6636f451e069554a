package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.plan.SourceQuery;
import dev.slipway.backend.migration.source.Added;
import dev.slipway.backend.migration.source.ColumnOrigin;
import dev.slipway.backend.migration.source.Extent;
import dev.slipway.backend.migration.source.KeyRange;
import dev.slipway.backend.migration.source.Position;
import dev.slipway.backend.migration.source.Reading;
import dev.slipway.backend.migration.source.Sought;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.source.SourceTable;
import dev.slipway.backend.migration.source.Vitals;
import dev.slipway.backend.migration.target.Target;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A source that checks read from: each read passes first, and the longest is known.
final class PassedSource implements Source {
    private final Source source;
    private final Passage passage;
    private final Target target;
    private long longestNanos;

    /// @param target that the checks read as well
    PassedSource(Source source, Passage passage, Target target) {
        this.target = target;
        this.source = source;
        this.passage = passage;
    }

    private interface Read<T> {
        T of(Source source) throws SQLException;
    }

    /// @throws NotNow if nothing may be read any more
    private <T> T read(Read<T> read) throws SQLException {
        Control.Signal signal = passage.toCheck(target);
        if (signal != Control.Signal.GO) {
            throw new NotNow(signal);
        }
        long begun = System.nanoTime();
        try {
            return read.of(source);
        } finally {
            longestNanos = Math.max(longestNanos, System.nanoTime() - begun);
        }
    }

    /// The longest read since this was asked last.
    long longestNanos() {
        long longest = longestNanos;
        longestNanos = 0;
        return longest;
    }

    @Override
    public String engine() throws SQLException {
        return source.engine();
    }

    @Override
    public List<String> tables() throws SQLException {
        return read(Source::tables);
    }

    @Override
    public SourceTable describe(SourceQuery query) throws SQLException {
        return read(s -> s.describe(query));
    }

    @Override
    public Extent extent(Reading reading) throws SQLException {
        return read(s -> s.extent(reading));
    }

    @Override
    public List<@Nullable String[]> read(Reading reading, KeyRange range, int limit)
            throws SQLException {
        return read(s -> s.read(reading, range, limit));
    }

    @Override
    public boolean sorts(Reading reading, boolean ranged) throws SQLException {
        return read(s -> s.sorts(reading, ranged));
    }

    @Override
    public void pass(Reading reading, KeyRange range, Rows to) throws SQLException {
        this.<Boolean>read(
                s -> {
                    s.pass(reading, range, to);
                    return true;
                });
    }

    @Override
    public List<@Nullable String[]> rows(Reading reading, List<List<String>> keys)
            throws SQLException {
        return read(s -> s.rows(reading, keys));
    }

    @Override
    public @Nullable String @Nullable [] last(Reading reading, List<String> key)
            throws SQLException {
        return this.<Optional<@Nullable String[]>>read(
                        s -> Optional.ofNullable(s.last(reading, key)))
                .orElse(null);
    }

    @Override
    public @Nullable String @Nullable [] previous(Reading reading, List<String> key)
            throws SQLException {
        return this.<Optional<@Nullable String[]>>read(
                        s -> Optional.ofNullable(s.previous(reading, key)))
                .orElse(null);
    }

    @Override
    public List<List<String>> ordered(Reading reading, List<List<String>> keys)
            throws SQLException {
        return read(s -> s.ordered(reading, keys));
    }

    @Override
    public Map<String, ColumnOrigin> traced(String sql) throws SQLException {
        return read(s -> s.traced(sql));
    }

    @Override
    public long count(Reading reading, KeyRange range) throws SQLException {
        return read(s -> s.count(reading, range));
    }

    @Override
    public void add(Reading reading, KeyRange range, Sought sought, Added into)
            throws SQLException {
        this.<Boolean>read(
                s -> {
                    s.add(reading, range, sought, into);
                    return true;
                });
    }

    @Override
    public List<List<@Nullable Object>> query(String sql, int most) throws SQLException {
        return read(s -> s.query(sql, most));
    }

    @Override
    public int parse(String sql) throws SQLException {
        return read(s -> s.parse(sql));
    }

    @Override
    public String quote(String name) {
        return source.quote(name);
    }

    @Override
    public String from(SourceQuery query) {
        return source.from(query);
    }

    @Override
    public Position position() throws SQLException {
        return source.position();
    }

    @Override
    public Vitals vitals() throws SQLException {
        return source.vitals();
    }

    @Override
    public Source another() throws SQLException {
        return new PassedSource(source.another(), passage, target);
    }

    @Override
    public void close() throws SQLException {
        source.close();
    }
}
