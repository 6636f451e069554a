package dev.slipway.backend.invoicing.document;

import java.util.Map;

/// Which rule holds for a vendor, by its country.
///
/// @param byCountry rules by ISO country
/// @param otherwise for every other country, and for vendors whose country is unknown
public record TaxPolicy(Map<String, TaxRule> byCountry, TaxRule otherwise) {

    public TaxPolicy {
        byCountry = Map.copyOf(byCountry);
    }

    public TaxRule of(String country) {
        return byCountry.getOrDefault(country, otherwise);
    }
}
