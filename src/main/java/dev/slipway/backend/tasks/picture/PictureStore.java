package dev.slipway.backend.tasks.picture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.events.Kind;
import dev.slipway.api.tasks.Picture;
import dev.slipway.api.tasks.PictureRun;
import dev.slipway.api.tasks.PictureRunState;
import dev.slipway.api.tasks.PictureState;
import dev.slipway.backend.store.Events;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Runs and their pictures in the state database. Whoever changes a run publishes it in the same
/// transaction; a worker's writes name its turn.
final class PictureStore {
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final String ORPHANED =
            "Its job ended without it; the job's page says why. What was made so far stands: a new"
                    + " run goes on from there.";
    private final ObjectMapper json;
    private final Events events;

    PictureStore(ObjectMapper json, Events events) {
        this.json = json;
        this.events = events;
    }

    /// A run that a worker holds.
    record Held(String id, int turn) {}

    void add(Handle handle, String id, String user, Instant now) {
        handle.createUpdate(
                        """
                        INSERT INTO picture_run (id, state, started_by, created_at)
                        VALUES (:id, 'QUEUED', :user, :now)""")
                .bind("id", id)
                .bind("user", user)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    PictureRun carriedBy(Handle handle, String id, String job) {
        handle.createUpdate("UPDATE picture_run SET job_id = :job WHERE id = :id")
                .bind("job", job)
                .bind("id", id)
                .execute();
        return publish(handle, id);
    }

    Optional<PictureRun> find(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM picture_run WHERE id = :id")
                .bind("id", id)
                .map((row, _) -> run(row))
                .findOne();
    }

    List<PictureRun> newest(Handle handle, int limit) {
        return handle.createQuery(
                        "SELECT * FROM picture_run ORDER BY created_at DESC, id DESC LIMIT :limit")
                .bind("limit", limit)
                .map((row, _) -> run(row))
                .list();
    }

    boolean anyOpen(Handle handle) {
        return handle.createQuery(
                                "SELECT count(*) FROM picture_run WHERE state IN ('QUEUED',"
                                        + " 'RUNNING')")
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /// Ends the runs whose job is over without them: it was discarded, buried or cleaned away, and
    /// no worker will ever take them.
    void endOrphans(Handle handle, Instant now) {
        List<String> orphans =
                handle.createQuery(
                                """
                                SELECT r.id FROM picture_run r LEFT JOIN job j ON j.id = r.job_id
                                WHERE r.state IN ('QUEUED', 'RUNNING')
                                  AND (j.id IS NULL
                                    OR j.state IN ('DEAD', 'DISCARDED', 'SUCCEEDED'))
                                ORDER BY r.id""")
                        .mapTo(String.class)
                        .list();
        for (String id : orphans) {
            end(handle, id, PictureRunState.FAILED, ORPHANED, now);
        }
    }

    /// A worker begins it, or goes on with what another one left.
    Optional<Held> begin(Handle handle, String id, Instant now) {
        Optional<Held> held =
                handle.createQuery(
                                """
                                UPDATE picture_run SET state = 'RUNNING', turn = turn + 1,
                                  started_at = coalesce(started_at, :now), ended_at = NULL,
                                  reason = NULL
                                WHERE id = :id AND state IN ('QUEUED', 'RUNNING', 'FAILED')
                                RETURNING turn""")
                        .bind("id", id)
                        .bind("now", now.toEpochMilli())
                        .mapTo(Integer.class)
                        .findOne()
                        .map(turn -> new Held(id, turn));
        held.ifPresent(begun -> publish(handle, id));
        return held;
    }

    /// The names that were looked at already.
    Set<String> seen(Handle handle, String id) {
        return new HashSet<>(
                handle.createQuery("SELECT name FROM picture WHERE run_id = :id ORDER BY name")
                        .bind("id", id)
                        .mapTo(String.class)
                        .list());
    }

    /// Writes down what came of some files.
    ///
    /// @return false if the run is no longer this worker's
    boolean progress(Handle handle, Held held, long total, List<Picture> pictures) {
        boolean ours =
                handle.createUpdate(
                                        """
                                        UPDATE picture_run SET total = :total, made = made + :made,
                                          known = known + :known, rejected = rejected + :rejected
                                        WHERE id = :id AND turn = :turn AND state = 'RUNNING'""")
                                .bind("total", total)
                                .bind("made", count(pictures, PictureState.MADE))
                                .bind("known", count(pictures, PictureState.KNOWN))
                                .bind("rejected", count(pictures, PictureState.REJECTED))
                                .bind("id", held.id())
                                .bind("turn", held.turn())
                                .execute()
                        == 1;
        if (ours) {
            pictures.forEach(picture -> insert(handle, picture));
            publish(handle, held.id());
        }
        return ours;
    }

    private static long count(List<Picture> pictures, PictureState state) {
        return pictures.stream().filter(picture -> picture.state() == state).count();
    }

    private void insert(Handle handle, Picture picture) {
        handle.createUpdate(
                        """
                        INSERT INTO picture (run_id, name, state, sha256, form, width, height, bytes,
                          files, reason)
                        VALUES (:run, :name, :state, cast(:sha256 AS TEXT), cast(:form AS TEXT),
                          cast(:width AS INTEGER), cast(:height AS INTEGER), :bytes, :files,
                          cast(:reason AS TEXT))""")
                .bind("run", picture.runId())
                .bind("name", picture.name())
                .bind("state", picture.state().name())
                .bind("sha256", picture.sha256())
                .bind("form", picture.form())
                .bind("width", picture.width())
                .bind("height", picture.height())
                .bind("bytes", picture.bytes())
                .bind("files", write(picture.files()))
                .bind("reason", picture.reason())
                .execute();
    }

    /// Ends it, whoever holds it.
    boolean end(
            Handle handle, String id, PictureRunState state, @Nullable String reason, Instant now) {
        boolean ended =
                handle.createUpdate(
                                        """
                                        UPDATE picture_run SET state = :state, ended_at = :now,
                                          reason = cast(:reason AS TEXT)
                                        WHERE id = :id AND state IN ('QUEUED', 'RUNNING')""")
                                .bind("state", state.name())
                                .bind("now", now.toEpochMilli())
                                .bind("reason", reason)
                                .bind("id", id)
                                .execute()
                        == 1;
        if (ended) {
            publish(handle, id);
        }
        return ended;
    }

    /// A run's files by name.
    ///
    /// @param state of this state alone, or empty
    List<Picture> pictures(Handle handle, String id, String state, String after, int limit) {
        return handle.createQuery(
                        """
                        SELECT * FROM picture WHERE run_id = :id AND name > :after
                          AND (:state = '' OR state = :state)
                        ORDER BY name LIMIT :limit""")
                .bind("id", id)
                .bind("after", after)
                .bind("state", state)
                .bind("limit", limit)
                .map((row, _) -> picture(row))
                .list();
    }

    private PictureRun publish(Handle handle, String id) {
        PictureRun run = find(handle, id).orElseThrow();
        events.publish(handle, Kind.PICTURE_RUN, id, run);
        return run;
    }

    private static PictureRun run(ResultSet row) throws SQLException {
        return new PictureRun(
                row.getString("id"),
                PictureRunState.valueOf(row.getString("state")),
                row.getString("started_by"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                instant(row, "started_at"),
                instant(row, "ended_at"),
                row.getString("job_id"),
                number(row, "total"),
                row.getLong("made"),
                row.getLong("known"),
                row.getLong("rejected"),
                row.getString("reason"));
    }

    private Picture picture(ResultSet row) throws SQLException {
        Long width = number(row, "width");
        Long height = number(row, "height");
        return new Picture(
                row.getString("run_id"),
                row.getString("name"),
                PictureState.valueOf(row.getString("state")),
                row.getString("sha256"),
                row.getString("form"),
                width == null ? null : width.intValue(),
                height == null ? null : height.intValue(),
                row.getLong("bytes"),
                texts(row.getString("files")),
                List.of(),
                row.getString("reason"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Long millis = number(row, column);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private String write(List<String> texts) {
        try {
            return json.writeValueAsString(texts);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private List<String> texts(String text) {
        try {
            return json.readValue(text, TEXTS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the state database holds broken JSON", e);
        }
    }
}
