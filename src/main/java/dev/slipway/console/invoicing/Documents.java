package dev.slipway.console.invoicing;

import dev.slipway.api.invoicing.Invoice;
import dev.slipway.client.BackendClient;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.client.offline.OfflineStore;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// The PDF of an invoice: kept under its hash, so that one once seen opens offline, and checked
/// against its hash, so that what is looked at is what is archived and sent.
@FunctionalInterface
public interface Documents {

    /// Blocks.
    ///
    /// @param sha256 the hash that the invoice lists
    byte[] pdf(Invoice invoice, String sha256) throws ProblemException;

    /// Kept ones from the store, others over HTTP and then kept.
    static Documents of(OfflineStore store, BackendClient client) {
        return (invoice, sha256) -> {
            Optional<byte[]> kept = store.pdf(sha256);
            if (kept.isPresent() && hash(kept.get()).equals(sha256)) {
                return kept.get();
            }
            byte[] received = client.invoices().pdf(invoice.id());
            String hash = hash(received);
            if (!hash.equalsIgnoreCase(sha256)) {
                throw new ProblemException(
                        new Problem.Unreadable(
                                "The PDF received for "
                                        + invoice.vendorName()
                                        + " has the SHA-256 "
                                        + hash
                                        + ", but the run lists "
                                        + sha256
                                        + ". It is not shown: it may not be the one that is sent."
                                        + " If it was just rendered anew, select it again."));
            }
            store.keepPdf(sha256, received);
            return received;
        };
    }

    static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
