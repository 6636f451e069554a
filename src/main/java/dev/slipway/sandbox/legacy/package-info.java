/// The legacy shop's application. It is slow because of its database alone: every question is a
/// scan over text, and writers and readers lock each other out.
@NullMarked
package dev.slipway.sandbox.legacy;

import org.jspecify.annotations.NullMarked;
