package dev.slipway.backend.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import static java.util.Objects.requireNonNull;

import dev.slipway.api.Page;
import dev.slipway.api.queues.Job;
import dev.slipway.backend.queues.JobQuery.Filter;
import dev.slipway.testing.FailedJobs;
import dev.slipway.testing.FailedJobs.Lot;
import dev.slipway.testing.States;
import dev.slipway.testing.TestClock;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

@ParameterizedClass
@EnumSource(States.class)
class JobSearchIT {
    private static final Instant START = Instant.parse("2026-11-22T03:00:00Z");
    private static final int SLICE = 100;

    private final TestClock clock = new TestClock(START);

    private final States states;
    @AutoClose private final QueueFixture fixture;

    JobSearchIT(States states, @TempDir Path folder) {
        this.states = states;
        fixture = new QueueFixture(states, folder, clock);
        add("order", 3_000, "mail", "mail.send", "card", 0);
        add("refund", 2_000, "mail", "mail.send", "bank", 500);
        add("letter", 1_000, "mail", "mail.print", "paper", 900);
        add("pdf", 2_000, "pdf", "pdf.render", "font", 1_200);
    }

    private void add(String name, int jobs, String queue, String type, String print, int after) {
        FailedJobs.add(
                fixture.store, new Lot(name, jobs, queue, type, print, START.plusMillis(after)));
    }

    /// Any filters, page by page, give what a plain SELECT gives.
    @Test
    void everyCombinationOfFiltersFindsWhatSqlFinds() {
        var random = new Random(20_261_122);
        for (int i = 0; i < 120; i++) {
            Map<Filter, String> filters = new EnumMap<>(Filter.class);
            pick(random, filters, Filter.STATE, "DEAD", "DEAD", "READY");
            pick(random, filters, Filter.QUEUE, "mail", "pdf", "none");
            pick(random, filters, Filter.TYPE, "mail.send", "mail.print", "pdf.render");
            pick(random, filters, Filter.FINGERPRINT, "card", "bank", "font");
            pick(random, filters, Filter.TEXT, "ORDER 12", "77", "answer for 5", "%", "nothing");
            pick(random, filters, Filter.FROM, START.plusMillis(700).toString());
            pick(random, filters, Filter.TO, START.plusMillis(1_900).toString());

            assertThat(walk(filters, 1 + random.nextInt(200)))
                    .as(filters.toString())
                    .containsExactlyElementsOf(bySql(filters));
        }
    }

    private static void pick(
            Random random, Map<Filter, String> filters, Filter filter, String... values) {
        if (random.nextInt(3) > 0) {
            filters.put(filter, values[random.nextInt(values.length)]);
        }
    }

    private List<String> walk(Map<Filter, String> filters, int limit) {
        var search = new JobSearch(clock, SLICE);
        List<String> found = new ArrayList<>();
        Place at = Place.LAST;
        Page<Job> page;
        do {
            var query = new JobQuery(filters, at, limit);
            page = fixture.store.read(handle -> search.page(handle, query));
            page.items().forEach(job -> found.add(job.id()));
            at = page.next() == null ? at : Place.of(page.next(), query.byEnd());
        } while (page.next() != null);
        return found;
    }

    /// Every row, and the filters applied to it without SQL.
    private List<String> bySql(Map<Filter, String> filters) {
        boolean dead = "DEAD".equals(filters.get(Filter.STATE));
        return fixture.store.read(
                handle ->
                        handle.createQuery(
                                        "SELECT * FROM job ORDER BY "
                                                + (dead ? "ended_at DESC, seq DESC" : "seq DESC"))
                                .mapToMap()
                                .filter(row -> fits(row, filters))
                                .map(row -> (String) row.get("id"))
                                .list());
    }

    private static boolean fits(Map<String, Object> row, Map<Filter, String> filters) {
        return filters.entrySet().stream()
                .allMatch(
                        entry -> {
                            String value = entry.getValue();
                            return switch (entry.getKey()) {
                                case QUEUE, STATE, TYPE, FINGERPRINT ->
                                        value.equals(
                                                row.get(
                                                        entry.getKey()
                                                                .name()
                                                                .toLowerCase(Locale.ROOT)));
                                case TEXT ->
                                        List.of("id", "subject", "error").stream()
                                                .map(column -> String.valueOf(row.get(column)))
                                                .map(text -> text.toLowerCase(Locale.ROOT))
                                                .anyMatch(
                                                        text ->
                                                                text.contains(
                                                                        value.toLowerCase(
                                                                                Locale.ROOT)));
                                case FROM -> ended(row) >= Instant.parse(value).toEpochMilli();
                                case TO -> ended(row) < Instant.parse(value).toEpochMilli();
                            };
                        });
    }

    private static long ended(Map<String, Object> row) {
        return ((Number) requireNonNull(row.get("ended_at"))).longValue();
    }

    /// A text that nobody has costs a bounded look, and the next page goes on from there.
    @Test
    void aSearchInVainEndsEarlyAndCanGoOn() {
        var search = new JobSearch(clock, SLICE);
        Map<Filter, String> filters = Map.of(Filter.STATE, "DEAD", Filter.TEXT, "order 1 ");
        var query = new JobQuery(filters, Place.LAST, 50);

        Page<Job> first = fixture.store.read(handle -> search.page(handle, query));

        assertThat(first.items()).isEmpty();
        // 50 slices of 100 rows: 5,000 of 8,000
        assertThat(first.next()).isNotNull();
        Place at = Place.of(requireNonNull(first.next()), true);
        long looked =
                fixture.store.read(
                        handle ->
                                handle.createQuery(
                                                "SELECT count(*) FROM job"
                                                        + " WHERE (ended_at, seq) >= (:at, :seq)")
                                        .bind("at", at.at())
                                        .bind("seq", at.seq())
                                        .mapTo(Long.class)
                                        .one());
        assertThat(looked).isEqualTo(5_000);
    }

    /// Whatever is asked, one index narrows and orders: nothing is sorted, nothing is scanned.
    @Test
    void noFilterOfFailedJobsSortsOrScans() {
        assumeTrue(states == States.SQLITE, "PostgreSQL plans by its statistics");
        for (int bits = 0; bits < 64; bits++) {
            Map<Filter, String> filters = new EnumMap<>(Filter.class);
            filters.put(Filter.STATE, "DEAD");
            Filter[] others = {
                Filter.QUEUE, Filter.TYPE, Filter.FINGERPRINT, Filter.TEXT, Filter.FROM, Filter.TO
            };
            for (int i = 0; i < others.length; i++) {
                if ((bits & 1 << i) != 0) {
                    filters.put(
                            others[i], others[i].name().length() < 5 ? START.toString() : "mail");
                }
            }
            filters.replace(Filter.TEXT, "order");
            Narrowed narrowed = Narrowed.of(filters);
            String sql =
                    "EXPLAIN QUERY PLAN SELECT * FROM job WHERE "
                            + narrowed.anchor()
                            + " AND (ended_at, seq) < (:beforeAt, :beforeSeq)"
                            + (narrowed.whole() ? "" : " AND " + narrowed.rest())
                            + " ORDER BY ended_at DESC, seq DESC LIMIT 100";
            List<String> plan =
                    fixture.store.read(
                            handle ->
                                    narrowed.select(
                                                    handle,
                                                    sql,
                                                    Map.of("beforeAt", 1L, "beforeSeq", 1L))
                                            .map((row, _) -> row.getString("detail"))
                                            .list());
            assertThat(plan).as(filters.toString()).hasSize(1);
            assertThat(plan.getFirst())
                    .as(filters.toString())
                    .contains("USING INDEX " + index(filters) + " (");
        }
    }

    private static String index(Map<Filter, String> filters) {
        if (filters.containsKey(Filter.FINGERPRINT)) {
            return "job_dead_fingerprint";
        }
        return "job_dead"
                + (filters.containsKey(Filter.QUEUE) ? "_queue" : "")
                + (filters.containsKey(Filter.TYPE) ? "_type" : "");
    }
}
