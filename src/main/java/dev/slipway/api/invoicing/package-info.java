/// Invoice runs and invoices.
@NullMarked
package dev.slipway.api.invoicing;

import org.jspecify.annotations.NullMarked;
