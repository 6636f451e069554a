/// The main job, walked through the real console by its real controls, with a picture and figures
/// of each step.
@NullMarked
package dev.slipway.tour;

import org.jspecify.annotations.NullMarked;
