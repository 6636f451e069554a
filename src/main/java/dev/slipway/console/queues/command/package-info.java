/// Queues and jobs on the command line, over the backend's API.
@NullMarked
package dev.slipway.console.queues.command;

import org.jspecify.annotations.NullMarked;
