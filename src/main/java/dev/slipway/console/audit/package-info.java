/// Who did what.
@NullMarked
package dev.slipway.console.audit;

import org.jspecify.annotations.NullMarked;
