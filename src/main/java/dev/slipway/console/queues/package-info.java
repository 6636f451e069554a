/// Queues, failed jobs and jobs: what is wrong first.
@NullMarked
package dev.slipway.console.queues;

import org.jspecify.annotations.NullMarked;
