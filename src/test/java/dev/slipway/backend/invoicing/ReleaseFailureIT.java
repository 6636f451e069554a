package dev.slipway.backend.invoicing;

import static dev.slipway.backend.invoicing.InvoicingFixture.DATE;
import static dev.slipway.backend.invoicing.InvoicingFixture.FOLDER;
import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.invoicing.InvoiceRunState;
import dev.slipway.api.invoicing.MailState;
import dev.slipway.backend.http.Refused;
import dev.slipway.testing.States;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A release whose PDFs can't be made says so, and goes on when someone retries it.
@ParameterizedClass
@EnumSource(States.class)
class ReleaseFailureIT {
    private final States states;

    @TempDir Path home;

    ReleaseFailureIT(States states) {
        this.states = states;
    }

    @Test
    void standsStillVisiblyAndGoesOnWhenRetried() throws Exception {
        InvoicingFixture.shop(home, 6, 30, 21);
        try (var fixture = new InvoicingFixture(states, home, FOLDER)) {
            InvoiceRun run = fixture.drafted(DATE);
            Path archive = home.resolve("state/invoices");
            Path away = Files.move(archive, home.resolve("away"));
            Files.writeString(archive, "no folder: nothing can be archived");

            fixture.done(fixture.service.release(run.id(), "fin"));
            giveUp(fixture);
            eventually(
                    "the release has failed",
                    () -> fixture.run(run.id()).state() == InvoiceRunState.RELEASE_FAILED);
            eventually("all jobs are dead", () -> jobs(fixture, "DEAD") == run.invoices());
            InvoiceRun failed = fixture.run(run.id());
            assertThat(failed.reason())
                    .startsWith(
                            run.invoices() + " PDF(s) could not be made, first INV-2026-000001");
            assertThat(failed.rendered()).isZero();
            List<String> numbers = numbers(fixture, run);
            assertThatThrownBy(() -> fixture.done(fixture.service.discard(run.id(), "no")))
                    .isInstanceOf(Refused.class);

            Files.delete(archive);
            Files.move(away, archive);
            InvoiceRun retried = fixture.done(fixture.service.retry(run.id(), "fin"));
            assertThat(retried.state()).isEqualTo(InvoiceRunState.RELEASING);
            assertThat(retried.reason()).isNull();
            fixture.done(fixture.service.retry(run.id(), "fin"));
            eventually("released", () -> fixture.run(run.id()).state() == InvoiceRunState.RELEASED);
            assertThat(numbers(fixture, run)).isEqualTo(numbers);
            assertMailedOnce(fixture, run);
            assertThatThrownBy(() -> fixture.done(fixture.service.retry(run.id(), "fin")))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("RELEASED");
        }
    }

    @Test
    void aJobThatSomeoneDiscardedIsOrderedAgain() throws Exception {
        InvoicingFixture.shop(home, 4, 20, 22);
        try (var fixture = new InvoicingFixture(states, home, FOLDER)) {
            InvoiceRun run = fixture.drafted(DATE);
            Path archive = home.resolve("state/invoices");
            Path away = Files.move(archive, home.resolve("away"));
            Files.writeString(archive, "no folder: nothing can be archived");
            fixture.done(fixture.service.release(run.id(), "fin"));
            eventually("all failed once", () -> jobs(fixture, "RETRYING") == run.invoices());
            fixture.store.writing(
                    h ->
                            h.execute(
                                    "UPDATE job SET state = 'DISCARDED', due_at = NULL"
                                            + " WHERE state = 'RETRYING'"));
            Files.delete(archive);
            Files.move(away, archive);
            assertThat(fixture.run(run.id()).state()).isEqualTo(InvoiceRunState.RELEASING);

            fixture.done(fixture.service.retry(run.id(), "fin"));
            eventually("released", () -> fixture.run(run.id()).state() == InvoiceRunState.RELEASED);
            assertMailedOnce(fixture, run);
        }
    }

    /// Each job that failed once begins its last attempt now, without waiting for it.
    private static void giveUp(InvoicingFixture fixture) throws Exception {
        eventually("a job failed", () -> jobs(fixture, "RETRYING") + jobs(fixture, "DEAD") > 0);
        eventually(
                "none is to be tried again",
                () -> {
                    fixture.store.writing(
                            h ->
                                    h.execute(
                                            "UPDATE job SET attempt = 4, due_at = 0"
                                                    + " WHERE state = 'RETRYING'"));
                    return jobs(fixture, "RETRYING") + jobs(fixture, "READY") == 0;
                });
    }

    private static int jobs(InvoicingFixture fixture, String state) {
        return fixture.store.read(
                h ->
                        h.createQuery("SELECT count(*) FROM job WHERE state = :state")
                                .bind("state", state)
                                .mapTo(Integer.class)
                                .one());
    }

    private static List<String> numbers(InvoicingFixture fixture, InvoiceRun run) {
        return fixture.invoices(run.id()).stream().map(i -> String.valueOf(i.number())).toList();
    }

    private void assertMailedOnce(InvoicingFixture fixture, InvoiceRun run) throws Exception {
        long sendable =
                fixture.invoices(run.id()).stream().filter(i -> i.mail() == MailState.SENT).count();
        Map<String, String> attached = Mails.attachments(home.resolve("mail"));
        assertThat(attached).hasSize((int) sendable);
        for (Invoice invoice : fixture.invoices(run.id())) {
            assertThat(invoice.draft()).isFalse();
            if (invoice.mail() == MailState.SENT) {
                assertThat(attached.get(invoice.email() + " " + invoice.number()))
                        .isEqualTo(invoice.pdfSha256());
            }
        }
    }
}
