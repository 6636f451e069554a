package dev.slipway.backend.invoicing.document;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

/// What a release adds to a document.
///
/// @param id the invoice's id
/// @param number null for a draft
/// @param date of issue, in the seller's zone; of a draft the day it was drafted
/// @param due last day to pay
public record Issue(String id, @Nullable String number, LocalDate date, LocalDate due) {

    public boolean draft() {
        return number == null;
    }
}
