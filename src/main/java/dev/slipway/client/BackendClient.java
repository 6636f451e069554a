package dev.slipway.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.Health;
import dev.slipway.api.Page;
import dev.slipway.api.Paths;
import dev.slipway.api.Reason;
import dev.slipway.api.access.AuditEntry;
import dev.slipway.api.access.Credentials;
import dev.slipway.api.access.NewPassword;
import dev.slipway.api.access.NewUser;
import dev.slipway.api.access.Session;
import dev.slipway.api.access.User;
import dev.slipway.api.brokers.LookAt;
import dev.slipway.api.brokers.LookedAt;
import dev.slipway.api.brokers.MoveMessages;
import dev.slipway.api.brokers.MovePreview;
import dev.slipway.api.brokers.MoveStarted;
import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.invoicing.StartInvoiceRun;
import dev.slipway.api.launch.Launch;
import dev.slipway.api.launch.SetWeight;
import dev.slipway.api.metrics.Interval;
import dev.slipway.api.metrics.Window;
import dev.slipway.api.migration.ActOnQuarantine;
import dev.slipway.api.migration.Chunk;
import dev.slipway.api.migration.CorrectQuarantine;
import dev.slipway.api.migration.Pace;
import dev.slipway.api.migration.Plan;
import dev.slipway.api.migration.QuarantineActed;
import dev.slipway.api.migration.QuarantineReason;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.api.migration.ReplayQuarantine;
import dev.slipway.api.migration.Replayed;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunSync;
import dev.slipway.api.migration.StartRun;
import dev.slipway.api.migration.StartSync;
import dev.slipway.api.migration.Validation;
import dev.slipway.api.queues.FailureGroup;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobLine;
import dev.slipway.api.queues.NewRepair;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.StartRepair;
import dev.slipway.api.tasks.Export;
import dev.slipway.api.tasks.Picture;
import dev.slipway.api.tasks.PictureRun;
import dev.slipway.api.tasks.PictureState;
import dev.slipway.api.tasks.StartExport;
import dev.slipway.api.tasks.TypeCost;
import dev.slipway.api.tasks.WorkerPool;

import okhttp3.HttpUrl;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/// The routes of the contract as blocking calls. Commands carry an `Idempotency-Key` of their own;
/// one whose answer got lost is looked up.
public final class BackendClient {
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final Calls calls;
    private final TokenSource tokens;
    private @Nullable String lastRead;

    /// @param url where the backend is, without [Paths#ROOT]
    public BackendClient(URI url, TokenSource tokens) {
        this(url, tokens, ANSWER, null);
    }

    /// @param patience how long an answer may take
    public BackendClient(URI url, TokenSource tokens, Duration patience) {
        this(url, tokens, patience, null);
    }

    /// @param certificate a PEM file: it is trusted, and nothing else
    public BackendClient(URI url, TokenSource tokens, @Nullable Path certificate) {
        this(url, tokens, ANSWER, certificate);
    }

    private BackendClient(
            URI url, TokenSource tokens, Duration patience, @Nullable Path certificate) {
        this.tokens = tokens;
        this.calls = new Calls(patience, url, certificate);
        refreshToken();
    }

    /// Where a token comes from that no one has to log in for.
    @FunctionalInterface
    public interface TokenSource {
        /// Someone must log in.
        TokenSource NONE = () -> null;

        /// The token, or null if someone must log in.
        @Nullable String token();
    }

    ObjectMapper json() {
        return calls.json();
    }

    /// Reads the token again: a sandbox that was started anew has written another. One that is as
    /// before does not take the place of a later log-in.
    synchronized void refreshToken() {
        String token = tokens.token();
        if (token != null && !token.equals(lastRead)) {
            lastRead = token;
            calls.token(token);
        }
    }

    JsonNode snapshot() throws ProblemException {
        return calls.get(calls.url(Paths.SNAPSHOT), calls.type(JsonNode.class));
    }

    EventStream stream(String lastEventId) {
        return new EventStream(
                calls.http(),
                calls.request(calls.url(Paths.STREAM).build())
                        .header("Accept", "text/event-stream")
                        .header("Last-Event-ID", lastEventId)
                        .build());
    }

    public Health health() throws ProblemException {
        return calls.get(calls.url(Paths.HEALTH), calls.type(Health.class));
    }

    /// Logs in; from then on this client acts as that user.
    public Session logIn(Credentials credentials) throws ProblemException {
        Session session = command("POST", Paths.SESSION, credentials, Session.class);
        calls.token(session.token());
        return session;
    }

    public void logOut() throws ProblemException {
        calls.send("DELETE", calls.url(Paths.SESSION), null);
        calls.token(null);
    }

    public Session session() throws ProblemException {
        return calls.get(calls.url(Paths.SESSION), calls.type(Session.class));
    }

    public List<User> users() throws ProblemException {
        return list(calls.url(Paths.USERS), User.class);
    }

    public User addUser(NewUser user) throws ProblemException {
        return command("POST", Paths.USERS, user, User.class);
    }

    /// Lets a user no longer in; their sessions end.
    public User disable(String name, String reason) throws ProblemException {
        return command("POST", Paths.USER_DISABLE, new Reason(reason), User.class, name);
    }

    public User enable(String name, String reason) throws ProblemException {
        return command("POST", Paths.USER_ENABLE, new Reason(reason), User.class, name);
    }

    /// Changes the own password; this session goes on, all others of the user end.
    public Session changePassword(NewPassword passwords) throws ProblemException {
        return command("PUT", Paths.PASSWORD, passwords, Session.class);
    }

    public Page<AuditEntry> audit(@Nullable String cursor) throws ProblemException {
        return page(calls.url(Paths.AUDIT), cursor, AuditEntry.class);
    }

    /// The intervals over all routes of each pool that began after a moment, the oldest first.
    ///
    /// @param after an instant, or the `next` of the page before, or null for all that there are
    public Page<Interval> intervals(@Nullable String after) throws ProblemException {
        var url = calls.url(Paths.INTERVALS).addQueryParameter("limit", "5000");
        return page(url, after, Interval.class);
    }

    public List<Window> windows() throws ProblemException {
        return list(calls.url(Paths.WINDOWS), Window.class);
    }

    public List<QueueStatus> queues() throws ProblemException {
        return list(calls.url(Paths.QUEUES), QueueStatus.class);
    }

    public List<FailureGroup> failures() throws ProblemException {
        return list(calls.url(Paths.FAILURES), FailureGroup.class);
    }

    public Page<Job> jobs(JobQuery query, @Nullable String cursor) throws ProblemException {
        var url = calls.url(Paths.JOBS);
        add(url, "queue", query.queue());
        add(url, "type", query.type());
        add(url, "state", query.state() == null ? null : query.state().name());
        add(url, "fingerprint", query.fingerprint());
        add(url, "text", query.text());
        add(url, "from", query.from() == null ? null : query.from().toString());
        add(url, "to", query.to() == null ? null : query.to().toString());
        return page(url, cursor, Job.class);
    }

    public Job job(String id) throws ProblemException {
        return calls.get(calls.url(Paths.JOB, id), calls.type(Job.class));
    }

    /// A job's log, the oldest line first.
    public Page<JobLine> jobLog(String id, @Nullable String cursor) throws ProblemException {
        return page(calls.url(Paths.JOB_LOG, id), cursor, JobLine.class);
    }

    public Job retry(String jobId) throws ProblemException {
        return command("POST", Paths.JOB_RETRY, null, Job.class, jobId);
    }

    public Job discard(String jobId, String reason) throws ProblemException {
        return command("POST", Paths.JOB_DISCARD, new Reason(reason), Job.class, jobId);
    }

    public Page<Repair> repairs(@Nullable String cursor) throws ProblemException {
        return page(calls.url(Paths.REPAIRS), cursor, Repair.class);
    }

    public Repair repair(String id) throws ProblemException {
        return calls.get(calls.url(Paths.REPAIR, id), calls.type(Repair.class));
    }

    /// Has the failed jobs counted that match; nothing is done to them yet.
    public Repair previewRepair(NewRepair repair) throws ProblemException {
        return command("POST", Paths.REPAIRS, repair, Repair.class);
    }

    public Repair startRepair(String id, StartRepair how) throws ProblemException {
        return command("POST", Paths.REPAIR_START, how, Repair.class, id);
    }

    public Repair pauseRepair(String id, String reason) throws ProblemException {
        return command("POST", Paths.REPAIR_PAUSE, new Reason(reason), Repair.class, id);
    }

    public Repair resumeRepair(String id) throws ProblemException {
        return command("POST", Paths.REPAIR_RESUME, new Reason(""), Repair.class, id);
    }

    public Repair cancelRepair(String id, String reason) throws ProblemException {
        return command("POST", Paths.REPAIR_CANCEL, new Reason(reason), Repair.class, id);
    }

    /// Pauses, limits, and the life of a job.
    public QueueClient queueClient() {
        return new QueueClient(calls);
    }

    public List<Plan> plans() throws ProblemException {
        return list(calls.url(Paths.PLANS), Plan.class);
    }

    public Page<Run> runs(@Nullable String cursor) throws ProblemException {
        return page(calls.url(Paths.RUNS), cursor, Run.class);
    }

    public Run run(String id) throws ProblemException {
        return calls.get(calls.url(Paths.RUN, id), calls.type(Run.class));
    }

    public Run startRun(String plan) throws ProblemException {
        return command("POST", Paths.RUNS, new StartRun(plan), Run.class);
    }

    /// Changes how fast a run reads, from its next chunk on.
    public Run pace(String runId, Pace pace) throws ProblemException {
        return command("POST", Paths.RUN_PACE, pace, Run.class, runId);
    }

    public Run pause(String runId) throws ProblemException {
        return command("POST", Paths.RUN_PAUSE, new Reason(""), Run.class, runId);
    }

    public Run resume(String runId) throws ProblemException {
        return command("POST", Paths.RUN_RESUME, new Reason(""), Run.class, runId);
    }

    public Run cancel(String runId) throws ProblemException {
        return command("POST", Paths.RUN_CANCEL, new Reason(""), Run.class, runId);
    }

    /// Starts the sync of a run, or lets it go on.
    public RunSync startSync(String runId, StartSync start) throws ProblemException {
        return command("POST", Paths.RUN_SYNC, start, RunSync.class, runId);
    }

    public RunSync stopSync(String runId) throws ProblemException {
        return command("POST", Paths.RUN_SYNC_STOP, new Reason(""), RunSync.class, runId);
    }

    public Page<Chunk> chunks(String runId, @Nullable String cursor) throws ProblemException {
        return page(calls.url(Paths.RUN_CHUNKS, runId), cursor, Chunk.class);
    }

    public Page<Quarantined> quarantine(QuarantineQuery query, @Nullable String cursor)
            throws ProblemException {
        return page(chosen(Paths.RUN_QUARANTINE, query), cursor, Quarantined.class);
    }

    /// The rows as CSV.
    public byte[] quarantineCsv(QuarantineQuery query) throws ProblemException {
        return calls.bytes(chosen(Paths.RUN_QUARANTINE_EXPORT, query));
    }

    private HttpUrl.Builder chosen(String path, QuarantineQuery query) {
        var url = calls.url(path, query.runId());
        add(url, "step", query.step());
        if (query.column() != null) {
            url.addQueryParameter("column", query.column());
        }
        add(url, "rule", query.rule());
        add(
                url,
                "state",
                query.state() == null ? null : query.state().name().toLowerCase(Locale.ROOT));
        add(url, "text", query.text().isEmpty() ? null : query.text());
        return url;
    }

    public QuarantineActed correct(String runId, CorrectQuarantine correction)
            throws ProblemException {
        return command(
                "POST", Paths.RUN_QUARANTINE_CORRECT, correction, QuarantineActed.class, runId);
    }

    public QuarantineActed accept(String runId, ActOnQuarantine act) throws ProblemException {
        return command("POST", Paths.RUN_QUARANTINE_ACCEPT, act, QuarantineActed.class, runId);
    }

    public QuarantineActed reopen(String runId, ActOnQuarantine act) throws ProblemException {
        return command("POST", Paths.RUN_QUARANTINE_REOPEN, act, QuarantineActed.class, runId);
    }

    public Run replay(String runId, ReplayQuarantine replay) throws ProblemException {
        return command("POST", Paths.RUN_QUARANTINE_REPLAY, replay, Run.class, runId);
    }

    public Page<Replayed> replays(String runId) throws ProblemException {
        return page(calls.url(Paths.RUN_REPLAYS, runId), null, Replayed.class);
    }

    public Page<QuarantineReason> quarantineReasons(String runId) throws ProblemException {
        return page(calls.url(Paths.RUN_QUARANTINE_REASONS, runId), null, QuarantineReason.class);
    }

    public List<Validation> validations(String runId) throws ProblemException {
        return list(calls.url(Paths.RUN_VALIDATIONS, runId), Validation.class);
    }

    public Page<InvoiceRun> invoiceRuns(@Nullable String cursor) throws ProblemException {
        return page(calls.url(Paths.INVOICE_RUNS), cursor, InvoiceRun.class);
    }

    public InvoiceRun startInvoiceRun(LocalDate businessDate) throws ProblemException {
        return command(
                "POST", Paths.INVOICE_RUNS, new StartInvoiceRun(businessDate), InvoiceRun.class);
    }

    public InvoiceRun release(String runId) throws ProblemException {
        return command("POST", Paths.INVOICE_RUN_RELEASE, null, InvoiceRun.class, runId);
    }

    public InvoiceRun retryRelease(String runId) throws ProblemException {
        return command("POST", Paths.INVOICE_RUN_RETRY, null, InvoiceRun.class, runId);
    }

    public InvoiceRun discardInvoiceRun(String runId, String reason) throws ProblemException {
        return command(
                "POST", Paths.INVOICE_RUN_DISCARD, new Reason(reason), InvoiceRun.class, runId);
    }

    public Page<Invoice> invoices(String runId, @Nullable String cursor) throws ProblemException {
        return page(calls.url(Paths.INVOICE_RUN_INVOICES, runId), cursor, Invoice.class);
    }

    public Invoice invoice(String id) throws ProblemException {
        return calls.get(calls.url(Paths.INVOICE, id), calls.type(Invoice.class));
    }

    public Invoice resend(String invoiceId, String reason) throws ProblemException {
        return command("POST", Paths.INVOICE_RESEND, new Reason(reason), Invoice.class, invoiceId);
    }

    /// The bytes as they are archived and sent.
    public byte[] pdf(String invoiceId) throws ProblemException {
        return calls.bytes(calls.url(Paths.INVOICE_PDF, invoiceId));
    }

    public Launch launch() throws ProblemException {
        return calls.get(calls.url(Paths.LAUNCH), calls.type(Launch.class));
    }

    public Launch setWeight(SetWeight weight) throws ProblemException {
        return command("PUT", Paths.LAUNCH_WEIGHT, weight, Launch.class);
    }

    public Launch hold(Reason reason) throws ProblemException {
        return command("POST", Paths.LAUNCH_HOLD, reason, Launch.class);
    }

    public Launch resumeLaunch(Reason reason) throws ProblemException {
        return command("POST", Paths.LAUNCH_RESUME, reason, Launch.class);
    }

    public Launch rollback(Reason reason) throws ProblemException {
        return command("POST", Paths.LAUNCH_ROLLBACK, reason, Launch.class);
    }

    /// Takes a queue's first messages and puts them back.
    public LookedAt look(String broker, LookAt asked) throws ProblemException {
        return command("POST", Paths.BROKER_LOOK, asked, LookedAt.class, broker);
    }

    public MovePreview previewMove(String broker, MoveMessages asked) throws ProblemException {
        return command("POST", Paths.BROKER_MOVE_PREVIEW, asked, MovePreview.class, broker);
    }

    public MoveStarted move(String broker, MoveMessages asked) throws ProblemException {
        return command("POST", Paths.BROKER_MOVES, asked, MoveStarted.class, broker);
    }

    public Page<Export> exports(@Nullable String cursor) throws ProblemException {
        return page(calls.url(Paths.EXPORTS), cursor, Export.class);
    }

    public Export export(String id) throws ProblemException {
        return calls.get(calls.url(Paths.EXPORT, id), calls.type(Export.class));
    }

    public Export startExport(StartExport wanted) throws ProblemException {
        return command("POST", Paths.EXPORTS, wanted, Export.class);
    }

    public Export cancelExport(String id, String reason) throws ProblemException {
        return command("POST", Paths.EXPORT_CANCEL, new Reason(reason), Export.class, id);
    }

    public Export deleteExport(String id) throws ProblemException {
        return command("DELETE", Paths.EXPORT, null, Export.class, id);
    }

    /// Has the backend go through its folder of product pictures.
    public PictureRun startPictures(String reason) throws ProblemException {
        return command("POST", Paths.PICTURE_RUNS, new Reason(reason), PictureRun.class);
    }

    public PictureRun pictureRun(String id) throws ProblemException {
        return calls.get(calls.url(Paths.PICTURE_RUN, id), calls.type(PictureRun.class));
    }

    /// Puts one picture into the backend's folder and has its sizes made.
    public PictureRun uploadPicture(String name, byte[] bytes) throws ProblemException {
        var url = calls.url(Paths.PICTURE_UPLOAD).addQueryParameter("name", name);
        return calls.command("POST", url, bytes, calls.type(PictureRun.class));
    }

    public PictureRun cancelPictures(String runId, String reason) throws ProblemException {
        return command(
                "POST", Paths.PICTURE_RUN_CANCEL, new Reason(reason), PictureRun.class, runId);
    }

    /// A file that was made.
    ///
    /// @param file `SHA-256/NAME`
    public byte[] pictureFile(String file) throws ProblemException {
        int slash = file.indexOf('/');
        return calls.bytes(
                calls.url(
                        Paths.PICTURE_FILE,
                        file.substring(0, Math.max(0, slash)),
                        file.substring(slash + 1)));
    }

    /// The files of a run in one state, or in any, by name.
    public Page<Picture> pictures(
            String runId, @Nullable PictureState state, @Nullable String cursor)
            throws ProblemException {
        var url = calls.url(Paths.PICTURES, runId);
        add(url, "state", state == null ? null : state.name().toLowerCase(Locale.ROOT));
        return page(url, cursor, Picture.class);
    }

    /// What jobs cost by type and day, the latest day first.
    public List<TypeCost> jobCosts(int days) throws ProblemException {
        var url = calls.url(Paths.JOB_COSTS).addQueryParameter("days", "" + days);
        return list(url, TypeCost.class);
    }

    public WorkerPool workerPool() throws ProblemException {
        return calls.get(calls.url(Paths.WORKER_POOL), calls.type(WorkerPool.class));
    }

    /// Downloads a ready export to a file, which stands there only when it is whole and its
    /// checksum was found to be right. One that broke off before goes on where it did.
    ///
    /// @return false if it was stopped; nothing is left then
    public boolean download(Export export, Path to, DownloadProgress progress)
            throws ProblemException {
        var url = calls.url(Paths.EXPORT_FILE, export.id()).build();
        return new FileDownload(calls, url, export, to, progress).run();
    }

    /// What can be asked about schedules.
    public ScheduleCalls schedules() {
        return new ScheduleCalls(calls);
    }

    private <T> T command(
            String method, String path, @Nullable Object body, Class<T> type, String... ids)
            throws ProblemException {
        return calls.command(method, calls.url(path, ids), body, calls.type(type));
    }

    private <T> Page<T> page(HttpUrl.Builder url, @Nullable String cursor, Class<T> type)
            throws ProblemException {
        add(url, "after", cursor);
        return calls.get(url, calls.type(Page.class, type));
    }

    private <T> List<T> list(HttpUrl.Builder url, Class<T> type) throws ProblemException {
        JsonNode tree = calls.get(url, calls.type(JsonNode.class));
        return calls.convert(tree.isObject() ? tree.path("items") : tree, type);
    }

    private static void add(HttpUrl.Builder url, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            url.addQueryParameter(name, value);
        }
    }
}
