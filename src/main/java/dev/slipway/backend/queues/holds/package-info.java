/// What people pause: queues, types of job, schedules.
@NullMarked
package dev.slipway.backend.queues.holds;

import org.jspecify.annotations.NullMarked;
