/// Starts the sandbox's processes, watches over them and ends them: none outlives this one.
@NullMarked
package dev.slipway.sandbox.supervisor;

import org.jspecify.annotations.NullMarked;
