/// What the tables of all screens share: rows that keep their place, columns, figures.
@NullMarked
package dev.slipway.console.table;

import org.jspecify.annotations.NullMarked;
