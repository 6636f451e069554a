/// Asks both shops the same and says where their answers differ, and by which rule.
@NullMarked
package dev.slipway.sandbox.compare;

import org.jspecify.annotations.NullMarked;
