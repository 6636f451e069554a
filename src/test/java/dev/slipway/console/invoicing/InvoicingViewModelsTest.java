package dev.slipway.console.invoicing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.invoicing.MailState;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.client.offline.Listing;
import dev.slipway.client.offline.LoadState;
import dev.slipway.testing.MuchData;
import dev.slipway.testing.MuchInvoicing;
import dev.slipway.testing.Pdfs;
import dev.slipway.testing.Screens;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class InvoicingViewModelsTest {
    private final Screens screens = new Screens();
    private final MuchData data = new MuchData(Screens.NOW);
    private final Finance finance = new Finance();
    private final List<String> fetched = new CopyOnWriteArrayList<>();
    private final InvoiceRunsViewModel runs =
            new InvoiceRunsViewModel(
                    finance,
                    screens.commander,
                    screens.access,
                    InstantSource.fixed(Screens.NOW),
                    screens.words);
    private final InvoicesViewModel invoices =
            new InvoicesViewModel(
                    finance,
                    (run, cursor) -> {
                        fetched.add(run + " " + cursor);
                        return new Listing<>(List.of(), cursor == null ? "c2" : null, 2_000L);
                    },
                    screens.commander,
                    screens.loader,
                    screens.access,
                    screens.words);

    @Test
    void offersYesterdayAndRefusesADayThatIsNotOver() throws Exception {
        screens.online(Role.FINANCE);
        LocalDate yesterday =
                LocalDate.ofInstant(Screens.NOW, java.time.ZoneId.systemDefault()).minusDays(1);
        assertThat(runs.date().get()).isEqualTo(yesterday);

        runs.date().set(yesterday.plusDays(1));
        assertThat(runs.draftGate().reason().get()).contains("not over yet");
        runs.date().set(null);
        assertThat(runs.draftGate().reason().get()).contains("Choose a business date");
        runs.date().set(yesterday);
        runs.draft();
        screens.answered();
        assertThat(finance.asked).containsExactly("draft " + yesterday);
        assertThat(runs.selected().get()).isNotNull();
        assertThat(runs.draftGate().reason().get()).contains("already");
    }

    @Test
    void aReleaseIsConfirmedWithTotalsAndNumbers() throws Exception {
        screens.online(Role.FINANCE, true);
        runs.show(ready(List.of(data.invoicing().invoiceRun())));

        var confirmation = runs.beforeRelease().orElseThrow();
        assertThat(confirmation.consequence())
                .contains("2,000 invoices")
                .contains("219,221.98 EUR")
                .contains("1,969 of them are mailed")
                .contains("31 have no usable address");
        assertThat(confirmation.place().environment()).isEqualTo("shop-live");
        runs.release();
        screens.answered();
        assertThat(finance.asked).containsExactly("release " + MuchInvoicing.RUN);
    }

    @Test
    void aRefusedReleaseIsSaid() throws Exception {
        screens.online(Role.ADMIN);
        runs.show(ready(List.of(data.invoicing().invoiceRun())));
        finance.problem = Screens.refused(409, "13 PDFs are still being rendered.");
        runs.release();
        screens.answered();
        assertThat(screens.problems)
                .extracting(Problem::detail)
                .containsExactly("13 PDFs are still being rendered.");
    }

    @Test
    void othersMayNotReleaseAndOfflineNobodyCan() {
        runs.show(ready(List.of(data.invoicing().invoiceRun())));
        screens.online(Role.OPERATOR);
        assertThat(runs.releaseGate().reason().get()).contains("finance");
        screens.offline();
        runs.release();
        runs.discard("no");
        assertThat(runs.beforeRelease()).isEmpty();
        assertThat(finance.asked).isEmpty();
        assertThat(runs.counts().get())
                .contains("1,987 of 2,000 rendered")
                .contains("31 not sendable");
    }

    @Test
    void fetchesAllInvoicesOfTheRunAndSearchesHere() throws Exception {
        screens.online(Role.FINANCE);
        invoices.lookAt(data.invoicing().invoiceRun());
        invoices.show(ready(List.of()));
        assertThat(invoices.state().get()).isInstanceOf(LoadState.Loading.class);
        screens.answered();
        assertThat(fetched).containsExactly(MuchInvoicing.RUN + " null", MuchInvoicing.RUN + " c2");

        invoices.show(ready(data.invoicing().invoices(2_000)));
        assertThat(invoices.rows()).hasSize(2_000);
        invoices.text().set("ATELIER 77 ");
        assertThat(invoices.rows())
                .extracting(InvoiceRow::number)
                .contains("2026-100077")
                .hasSizeLessThan(20);
        assertThat(invoices.extent().get()).endsWith("of 2,000 shown");
    }

    @Test
    void noneHereIsNotTheSameAsNone() {
        screens.offline();
        invoices.lookAt(data.invoicing().invoiceRun());
        invoices.show(new LoadState.Stale<>(List.of(), Screens.NOW));
        assertThat(invoices.state().get()).isInstanceOf(LoadState.Idle.class);
        assertThat(invoices.extent().get()).contains("0 of 2,000 are here");
    }

    @Test
    void resendingASentMailIsConfirmedAsASecondOne() throws Exception {
        screens.online(Role.FINANCE);
        List<Invoice> all = data.invoicing().invoices(200);
        invoices.lookAt(data.invoicing().invoiceRun());
        invoices.show(ready(all));
        invoices.selected().set(all.get(1));
        assertThat(invoices.beforeResend().orElseThrow().consequence()).contains("SECOND mail");

        invoices.resend("the vendor lost it");
        screens.answered();
        assertThat(finance.asked).containsExactly("resend invoice-1 the vendor lost it");
        Invoice unsendable =
                all.stream()
                        .filter(i -> i.mail() == MailState.NOT_SENDABLE)
                        .findFirst()
                        .orElseThrow();
        // the backend reads the address anew: it may have been corrected in the shop
        invoices.selected().set(unsendable);
        assertThat(invoices.beforeResend().orElseThrow().consequence()).contains("sent yet");
        invoices.selected()
                .set(
                        all.stream()
                                .filter(i -> i.mail() == MailState.NONE)
                                .findFirst()
                                .orElseThrow());
        assertThat(invoices.resendGate().reason().get()).contains("not released");
    }

    @Test
    void showsAPdfPageByPage() throws Exception {
        byte[] bytes = Pdfs.of("one", "two", "three");
        var pdf = new PdfViewModel((_, _) -> bytes, screens.background, screens.words);
        pdf.show(data.invoicing().invoices(2).get(1));
        screens.await(() -> pdf.state().get() instanceof PdfState.Open);

        assertThat(pdf.position().get()).isEqualTo("Page 1 of 3");
        pdf.turn(1);
        pdf.last();
        pdf.turn(1);
        assertThat(pdf.position().get()).isEqualTo("Page 3 of 3");
        pdf.fit(595);
        assertThat(pdf.zoom().get()).isBetween(0.99, 1.01);
        pdf.zoomIn();
        assertThat(pdf.zoom().get()).isEqualTo(1.25);
        assertThat(pdf.fitWidth().get()).isFalse();
        assertThat(pdf.fileName()).isEqualTo("2026-100001-Atelier-1.pdf");
    }

    @Test
    void aPdfThatCannotBeHadOrReadSaysSo() throws Exception {
        var away =
                new PdfViewModel(
                        (_, _) -> {
                            throw Screens.unreachable();
                        },
                        screens.background,
                        screens.words);
        away.show(data.invoicing().invoices(1).getFirst());
        screens.await(() -> away.state().get() instanceof PdfState.Failed);
        var broken = new PdfViewModel((_, _) -> new byte[] {1}, screens.background, screens.words);
        broken.show(data.invoicing().invoices(1).getFirst());
        screens.await(() -> broken.state().get() instanceof PdfState.Failed);
        broken.show(null);
        assertThat(broken.state().get()).isInstanceOf(PdfState.Nothing.class);
    }

    private static <T> LoadState<T> ready(T value) {
        return new LoadState.Ready<>(value, Screens.NOW);
    }

    private final class Finance implements InvoiceCommands {
        final List<String> asked = new CopyOnWriteArrayList<>();
        volatile @Nullable ProblemException problem;

        private void ask(String what) throws ProblemException {
            ProblemException refusal = problem;
            if (refusal != null) {
                throw refusal;
            }
            asked.add(what);
        }

        @Override
        public InvoiceRun draft(LocalDate businessDate) throws ProblemException {
            ask("draft " + businessDate);
            return data.invoicing().invoiceRun();
        }

        @Override
        public InvoiceRun release(String runId) throws ProblemException {
            ask("release " + runId);
            return data.invoicing().invoiceRun();
        }

        @Override
        public InvoiceRun retry(String runId) throws ProblemException {
            ask("retry " + runId);
            return data.invoicing().invoiceRun();
        }

        @Override
        public InvoiceRun discard(String runId, String reason) throws ProblemException {
            ask("discard " + runId + " " + reason);
            return data.invoicing().invoiceRun();
        }

        @Override
        public Invoice resend(String invoiceId, String reason) throws ProblemException {
            ask("resend " + invoiceId + " " + reason);
            return data.invoicing().invoices(2).get(1);
        }
    }
}
