/// What was done so far, kept in the target beside the rows themselves.
@NullMarked
package dev.slipway.backend.migration.ledger;

import org.jspecify.annotations.NullMarked;
