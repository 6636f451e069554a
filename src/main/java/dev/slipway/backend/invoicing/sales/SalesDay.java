package dev.slipway.backend.invoicing.sales;

import java.util.List;

/// Everything read for one business date, from one view of the database.
public record SalesDay(List<Vendor> vendors, List<Sale> sales) {

    public SalesDay {
        vendors = List.copyOf(vendors);
        sales = List.copyOf(sales);
    }
}
