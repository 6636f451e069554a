/// Workers on demand: started when jobs of their types wait, ended by themselves when idle.
@NullMarked
package dev.slipway.backend.tasks.pool;

import org.jspecify.annotations.NullMarked;
