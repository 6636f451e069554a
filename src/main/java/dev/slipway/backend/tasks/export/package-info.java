/// Data exports: a file of orders, invoices or rows in quarantine, written by a job, downloaded
/// with a token, and deleted when its time is over.
@NullMarked
package dev.slipway.backend.tasks.export;

import org.jspecify.annotations.NullMarked;
