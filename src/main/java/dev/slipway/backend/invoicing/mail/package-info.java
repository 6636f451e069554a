/// Invoices as mail: to a folder of .eml files or to an SMTP server.
@NullMarked
package dev.slipway.backend.invoicing.mail;

import org.jspecify.annotations.NullMarked;
