package dev.slipway.backend.invoicing;

import static dev.slipway.api.invoicing.InvoiceRunState.DISCARDED;
import static dev.slipway.api.invoicing.InvoiceRunState.DRAFTED;
import static dev.slipway.api.invoicing.InvoiceRunState.FAILED;
import static dev.slipway.api.invoicing.InvoiceRunState.RELEASED;
import static dev.slipway.api.invoicing.InvoiceRunState.RELEASING;

import dev.slipway.api.invoicing.InvoiceRunState;

import java.util.Set;

/// Every legal transition of an invoice run.
final class RunStates {
    private RunStates() {}

    /// What may follow a state. A failed run is drafted after all when someone retries its job;
    /// once numbers are given there is no way back.
    static Set<InvoiceRunState> after(InvoiceRunState state) {
        return switch (state) {
            case DRAFTING -> Set.of(DRAFTED, FAILED, DISCARDED);
            case FAILED -> Set.of(DRAFTED, DISCARDED);
            case DRAFTED -> Set.of(RELEASING, DISCARDED);
            case RELEASING -> Set.of(RELEASED);
            // left by itself when the PDFs are made after all: see RunStore
            case RELEASE_FAILED -> Set.of();
            case RELEASED, DISCARDED -> Set.of();
        };
    }

    static boolean may(InvoiceRunState from, InvoiceRunState to) {
        return after(from).contains(to);
    }
}
