/// The SQLite store that the console reads from. The network only fills it.
@NullMarked
package dev.slipway.client.offline;

import org.jspecify.annotations.NullMarked;
