/// What an invoice says: parties, lines, taxes and totals, computed from sales.
@NullMarked
package dev.slipway.backend.invoicing.document;

import org.jspecify.annotations.NullMarked;
