package dev.slipway.backend.tasks.picture;

/// A box that a picture is fitted into; smaller ones are not enlarged.
///
/// @param name of the file that it is written to
record Size(String name, int width, int height) {}
