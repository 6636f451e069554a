/// The forms of an export's file, each written row by row in bounded memory.
@NullMarked
package dev.slipway.backend.tasks.export.file;

import org.jspecify.annotations.NullMarked;
