package dev.slipway.backend.invoicing;

import dev.slipway.api.Page;
import dev.slipway.api.Paths;
import dev.slipway.api.Reason;
import dev.slipway.api.access.Role;
import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.invoicing.StartInvoiceRun;
import dev.slipway.backend.http.Answer;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.http.Request;
import dev.slipway.backend.http.Route;
import dev.slipway.backend.http.Routes;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The routes of invoicing.
public final class InvoiceRoutes implements Routes {
    private static final Set<Role> FINANCE = Set.of(Role.FINANCE);
    private static final int MOST = 1000;

    private final Optional<InvoiceService> invoicing;
    private final List<Route> routes;

    /// @param invoicing empty if it is not configured; then every route says so
    public InvoiceRoutes(Optional<InvoiceService> invoicing) {
        this.invoicing = invoicing;
        this.routes =
                List.of(
                        read(Paths.INVOICE_RUNS, "Invoice runs", InvoiceRun.class, this::runs)
                                .paged(),
                        act(
                                Paths.INVOICE_RUNS,
                                "Begin the run of a business date",
                                StartInvoiceRun.class,
                                InvoiceRun.class,
                                this::start),
                        read(Paths.INVOICE_RUN, "One run", InvoiceRun.class, this::run),
                        read(
                                        Paths.INVOICE_RUN_INVOICES,
                                        "The invoices of a run",
                                        Invoice.class,
                                        this::invoices)
                                .paged(),
                        act(
                                Paths.INVOICE_RUN_RELEASE,
                                "Give numbers, archive and send",
                                null,
                                InvoiceRun.class,
                                this::release),
                        act(
                                Paths.INVOICE_RUN_RETRY,
                                "Take up a release that stands still",
                                null,
                                InvoiceRun.class,
                                this::retry),
                        act(
                                Paths.INVOICE_RUN_DISCARD,
                                "Give up a run before release",
                                Reason.class,
                                InvoiceRun.class,
                                this::discard),
                        read(Paths.INVOICE, "One invoice", Invoice.class, this::invoice),
                        read(Paths.INVOICE_PDF, "The PDF that stands", byte[].class, this::pdf)
                                .shaped(Route.Shape.BYTES),
                        act(
                                Paths.INVOICE_RESEND,
                                "Send once more, as a new version",
                                Reason.class,
                                Invoice.class,
                                this::resend));
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    private InvoiceService service() {
        return invoicing.orElseThrow(
                () ->
                        new Refused(
                                409,
                                "not-configured",
                                "Invoicing is not configured: the configuration file has no section"
                                        + " 'invoicing'.",
                                List.of()));
    }

    private Page<InvoiceRun> runs(Request request) {
        int limit = request.query("limit", 50, 1, MOST);
        List<InvoiceRun> found = service().runs(request.query("after").orElse(null), limit + 1);
        return page(found, limit, found.size() > limit ? found.get(limit - 1).id() : null);
    }

    private Effect<Answer> start(Request request) {
        var body = request.body(StartInvoiceRun.class);
        return service()
                .start(body.businessDate(), request.user())
                .answered(
                        run -> {
                            request.audit("invoice run " + run.id(), "");
                            return Answer.accepted(run);
                        });
    }

    private InvoiceRun run(Request request) {
        String id = request.path("id");
        return service().run(id).orElseThrow(() -> Refused.notFound("invoice run", id));
    }

    private Page<Invoice> invoices(Request request) {
        String run = run(request).id();
        int limit = request.query("limit", 200, 1, MOST);
        int after = request.query("after", 0, 0, Integer.MAX_VALUE - MOST);
        List<Invoice> found = service().invoices(run, after, limit + 1);
        return page(found, limit, found.size() > limit ? String.valueOf(after + limit) : null);
    }

    private Effect<Answer> release(Request request) {
        request.audit("invoice run " + request.path("id"), "");
        return service().release(request.path("id"), request.user()).answered(Answer::accepted);
    }

    private Effect<Answer> retry(Request request) {
        request.audit("invoice run " + request.path("id"), "");
        return service().retry(request.path("id"), request.user()).answered(Answer::accepted);
    }

    private Effect<InvoiceRun> discard(Request request) {
        String reason = request.body(Reason.class).reason();
        request.audit("invoice run " + request.path("id"), reason);
        return service().discard(request.path("id"), reason);
    }

    private Invoice invoice(Request request) {
        String id = request.path("id");
        return service().invoice(id).orElseThrow(() -> Refused.notFound("invoice", id));
    }

    /// A released invoice's bytes never change; a draft's may until then.
    private Answer pdf(Request request) throws IOException {
        Invoice invoice = invoice(request);
        byte[] bytes = service().pdf(invoice);
        String name = invoice.number() == null ? "DRAFT-" + invoice.id() : invoice.number();
        return new Answer(
                200,
                bytes,
                Map.of(
                        "Content-Type",
                        "application/pdf",
                        "ETag",
                        "\"" + invoice.pdfSha256() + "\"",
                        "Cache-Control",
                        "private, no-cache",
                        "Content-Disposition",
                        "inline; filename=\"%s.pdf\""
                                .formatted(name.replaceAll("[^A-Za-z0-9._-]", "-"))));
    }

    private Effect<Answer> resend(Request request) {
        request.audit("invoice " + request.path("id"), request.body(Reason.class).reason());
        return service().resend(request.path("id"), request.user()).answered(Answer::accepted);
    }

    private static <T> Page<T> page(List<T> found, int limit, @Nullable String next) {
        return new Page<>(found.subList(0, Math.min(limit, found.size())), next, null);
    }

    private static Route read(String path, String summary, Class<?> answer, Route.Handler handler) {
        return new Route("GET", path, Route.ANYONE_LOGGED_IN, summary, null, answer, handler);
    }

    private static Route act(
            String path,
            String summary,
            @Nullable Class<?> body,
            Class<?> answer,
            Route.Handler handler) {
        return new Route("POST", path, FINANCE, summary, body, answer, handler);
    }
}
