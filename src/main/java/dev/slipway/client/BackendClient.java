package dev.slipway.client;

import dev.slipway.api.Health;
import dev.slipway.api.Paths;
import dev.slipway.api.access.Credentials;
import dev.slipway.api.access.Session;
import dev.slipway.client.calls.AccessCalls;
import dev.slipway.client.calls.BrokerCalls;
import dev.slipway.client.calls.ExportCalls;
import dev.slipway.client.calls.InvoiceCalls;
import dev.slipway.client.calls.JobCalls;
import dev.slipway.client.calls.LaunchCalls;
import dev.slipway.client.calls.LiveCalls;
import dev.slipway.client.calls.MetricsCalls;
import dev.slipway.client.calls.MigrationCalls;
import dev.slipway.client.calls.PictureCalls;
import dev.slipway.client.calls.QuarantineCalls;
import dev.slipway.client.calls.QueueCalls;
import dev.slipway.client.calls.RepairCalls;
import dev.slipway.client.calls.ScheduleCalls;
import dev.slipway.client.calls.WorkerCalls;
import dev.slipway.client.http.Calls;
import dev.slipway.client.http.ProblemException;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/// A backend: the way to it, who is logged in, and what each of its features can be asked. Commands
/// carry an `Idempotency-Key` of their own; one whose answer got lost is looked up.
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
        this.calls = new Calls(url, patience, certificate);
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

    /// Reads the token again: a sandbox that was started anew has written another. One that is as
    /// before does not take the place of a later log-in.
    public synchronized void refreshToken() {
        String token = tokens.token();
        if (token != null && !token.equals(lastRead)) {
            lastRead = token;
            calls.token(token);
        }
    }

    public Health health() throws ProblemException {
        return calls.one(Paths.HEALTH, Health.class);
    }

    /// Logs in; from then on this client acts as that user.
    public Session logIn(Credentials credentials) throws ProblemException {
        Session session = calls.command("POST", Paths.SESSION, credentials, Session.class);
        calls.token(session.token());
        return session;
    }

    public void logOut() throws ProblemException {
        calls.send("DELETE", calls.url(Paths.SESSION), null);
        calls.token(null);
    }

    public Session session() throws ProblemException {
        return calls.one(Paths.SESSION, Session.class);
    }

    public AccessCalls access() {
        return new AccessCalls(calls);
    }

    public BrokerCalls brokers() {
        return new BrokerCalls(calls);
    }

    public ExportCalls exports() {
        return new ExportCalls(calls);
    }

    public InvoiceCalls invoices() {
        return new InvoiceCalls(calls);
    }

    public JobCalls jobs() {
        return new JobCalls(calls);
    }

    public LaunchCalls launch() {
        return new LaunchCalls(calls);
    }

    public LiveCalls live() {
        return new LiveCalls(calls);
    }

    public MetricsCalls metrics() {
        return new MetricsCalls(calls);
    }

    public MigrationCalls migrations() {
        return new MigrationCalls(calls);
    }

    public PictureCalls pictures() {
        return new PictureCalls(calls);
    }

    public QuarantineCalls quarantine() {
        return new QuarantineCalls(calls);
    }

    public QueueCalls queues() {
        return new QueueCalls(calls);
    }

    public RepairCalls repairs() {
        return new RepairCalls(calls);
    }

    public ScheduleCalls schedules() {
        return new ScheduleCalls(calls);
    }

    public WorkerCalls workers() {
        return new WorkerCalls(calls);
    }
}
