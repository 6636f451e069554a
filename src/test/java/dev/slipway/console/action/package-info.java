/// Every action of every screen, as data, and what must hold of each.
@NullMarked
package dev.slipway.console.action;

import org.jspecify.annotations.NullMarked;
