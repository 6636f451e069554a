/// The window: navigation, connection, environment, notices.
@NullMarked
package dev.slipway.console.shell;

import org.jspecify.annotations.NullMarked;
