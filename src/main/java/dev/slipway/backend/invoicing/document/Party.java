package dev.slipway.backend.invoicing.document;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A side of an invoice.
///
/// @param key what the books call it
/// @param address its lines without name and country
/// @param country ISO 3166 alpha-2; empty if unknown
public record Party(
        String key,
        String name,
        List<String> address,
        String country,
        @Nullable String taxId,
        @Nullable String email) {

    public Party {
        address = List.copyOf(address);
    }
}
