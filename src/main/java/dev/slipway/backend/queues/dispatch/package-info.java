/// A broker carries the ids of jobs that have come due, from an outbox to the workers. The truth of
/// a job stays its row: a message says only that it is worth a look.
@NullMarked
package dev.slipway.backend.queues.dispatch;

import org.jspecify.annotations.NullMarked;
