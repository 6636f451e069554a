package dev.slipway.backend.tasks.export;

import dev.slipway.api.Page;
import dev.slipway.api.Paths;
import dev.slipway.api.Reason;
import dev.slipway.api.access.Role;
import dev.slipway.api.tasks.Export;
import dev.slipway.api.tasks.ExportState;
import dev.slipway.api.tasks.StartExport;
import dev.slipway.backend.http.Answer;
import dev.slipway.backend.http.AuditTrail;
import dev.slipway.backend.http.AuditTrail.Act;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.http.Request;
import dev.slipway.backend.http.Route;
import dev.slipway.backend.http.Routes;
import dev.slipway.backend.store.StateStore;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/// Exports. Everyone sees that there are some; finance, operators and on-call engineers make and
/// download them. Who downloaded what is in the audit log.
public final class ExportRoutes implements Routes {
    private static final Set<Role> EXPORTERS = Set.of(Role.FINANCE, Role.OPERATOR, Role.ONCALL);

    private final ExportService exports;
    private final ExportFiles files;
    private final LostFiles lost;
    private final StateStore store;
    private final AuditTrail audit;
    private final InstantSource clock;
    private final List<Route> routes;

    ExportRoutes(
            ExportService exports,
            ExportFiles files,
            LostFiles lost,
            StateStore store,
            AuditTrail audit,
            InstantSource clock) {
        this.exports = exports;
        this.files = files;
        this.lost = lost;
        this.store = store;
        this.audit = audit;
        this.clock = clock;
        this.routes =
                List.of(
                        read(Paths.EXPORTS, "Exports, the newest first", this::list).paged(),
                        write(
                                "POST",
                                Paths.EXPORTS,
                                "Have rows written to a file",
                                StartExport.class,
                                this::start),
                        read(Paths.EXPORT, "One export", r -> exports.export(r.path("id"))),
                        write(
                                "POST",
                                Paths.EXPORT_CANCEL,
                                "Stop one that is not ready",
                                Reason.class,
                                this::cancel),
                        write(
                                "DELETE",
                                Paths.EXPORT,
                                "Forget one and delete its file",
                                null,
                                this::delete),
                        new Route(
                                        "GET",
                                        Paths.EXPORT_FILE,
                                        EXPORTERS,
                                        "Its file, or with the header Range one range of it",
                                        null,
                                        byte[].class,
                                        this::file)
                                .shaped(Route.Shape.FILE));
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    private Page<Export> list(Request request) {
        return exports.page(request.query("after").orElse(""), request.query("limit", 50, 1, 500));
    }

    private Effect<Answer> start(Request request) {
        var wanted = request.body(StartExport.class);
        return exports.start(wanted, request.user())
                .answered(
                        export -> {
                            request.audit("export " + export.id(), described(wanted));
                            return Answer.accepted(export);
                        });
    }

    private static String described(StartExport wanted) {
        return "%s as %s, %s".formatted(wanted.what(), wanted.format(), wanted.which());
    }

    private Effect<Export> cancel(Request request) {
        String reason = request.body(Reason.class).reason();
        request.audit("export " + request.path("id"), reason);
        return exports.cancel(request.path("id"), reason, request.user());
    }

    private Effect<Export> delete(Request request) {
        request.audit("export " + request.path("id"), "");
        return exports.delete(request.path("id"));
    }

    private Answer file(Request request) throws IOException {
        StoredExport stored = exports.stored(request.path("id"));
        Export export = stored.export();
        String file = stored.file();
        Instant expires = export.expiresAt();
        boolean over =
                export.state() == ExportState.EXPIRED
                        || expires != null && !clock.instant().isBefore(expires);
        if (over) {
            throw new Refused(
                    410,
                    "expired",
                    "The export has expired and its file was deleted. Start a new one.",
                    List.of());
        }
        if (file == null) {
            throw Refused.conflict("The export has no file: it is " + export.state() + ".");
        }
        lost.check(stored);
        var download =
                Download.of(
                        export,
                        files.path(file),
                        request.header("Range"),
                        request.header("If-Range"));
        String range = download.part() ? "bytes " + download.first() + "-" + download.last() : "";
        var act =
                new Act(
                        request.user(),
                        "GET " + Paths.EXPORT_FILE,
                        "export " + export.id(),
                        range,
                        download.part() ? 206 : 200);
        store.writing(handle -> audit.append(handle, act));
        return download.answer();
    }

    private static Route read(String path, String summary, Route.Handler handler) {
        return new Route("GET", path, Route.ANYONE_LOGGED_IN, summary, null, Export.class, handler);
    }

    private static Route write(
            String method,
            String path,
            String summary,
            @Nullable Class<?> body,
            Route.Handler handler) {
        return new Route(method, path, EXPORTERS, summary, body, Export.class, handler);
    }
}
