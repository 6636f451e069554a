/// Where the rows of an export come from: each source reads all of them from one view of its
/// database.
@NullMarked
package dev.slipway.backend.tasks.export.source;

import org.jspecify.annotations.NullMarked;
