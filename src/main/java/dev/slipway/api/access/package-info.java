/// Who is logged in, with which role, and what was done.
@NullMarked
package dev.slipway.api.access;

import org.jspecify.annotations.NullMarked;
