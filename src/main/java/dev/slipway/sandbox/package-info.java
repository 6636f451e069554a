/// A whole small world for a newcomer: a legacy shop in trouble, the new shop beside it, an edge
/// that splits visitors between them, and the supervisor that starts them with a backend.
@NullMarked
package dev.slipway.sandbox;

import org.jspecify.annotations.NullMarked;
