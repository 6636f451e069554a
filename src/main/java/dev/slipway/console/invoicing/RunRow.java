package dev.slipway.console.invoicing;

import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

/// An invoice run as the list shows it.
public record RunRow(InvoiceRun run, String state, String gross) {

    static RunRow of(InvoiceRun run, Wording words) {
        return new RunRow(
                run,
                words.of("invoiceRunState", run.state()),
                Figures.money(run.gross(), run.currency()));
    }
}
