package dev.slipway.backend.invoicing.mail;

import java.time.Instant;

/// One mail: an invoice to its vendor.
///
/// @param id fixed for (invoice, version): the Message-ID without angle brackets
/// @param name what a file of it is called, without ending; fixed as well
/// @param date fixed, so that the same mail has the same bytes
/// @param fileName of the attachment
public record InvoiceMail(
        String id,
        String name,
        String recipient,
        String subject,
        String text,
        Instant date,
        String fileName,
        byte[] pdf) {}
