/// Vendors and their sales of one business date, read from the shop's database by configured SQL.
@NullMarked
package dev.slipway.backend.invoicing.sales;

import org.jspecify.annotations.NullMarked;
