/// An invoice as a PDF whose bytes depend on nothing but the invoice.
@NullMarked
package dev.slipway.backend.invoicing.pdf;

import org.jspecify.annotations.NullMarked;
