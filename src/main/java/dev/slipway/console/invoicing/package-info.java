/// The invoices of a business date: draft, look, release, resend.
@NullMarked
package dev.slipway.console.invoicing;

import org.jspecify.annotations.NullMarked;
