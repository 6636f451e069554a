/// Product pictures: resized and converted in bounded memory; what is hostile is rejected with its
/// reason.
@NullMarked
package dev.slipway.backend.tasks.picture;

import org.jspecify.annotations.NullMarked;
