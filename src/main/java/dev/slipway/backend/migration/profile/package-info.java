/// Looks at a source that no one has described: what its columns really hold, and a first plan.
@NullMarked
package dev.slipway.backend.migration.profile;

import org.jspecify.annotations.NullMarked;
