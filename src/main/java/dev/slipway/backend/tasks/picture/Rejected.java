package dev.slipway.backend.tasks.picture;

/// A file that is not taken, and why, for a person.
final class Rejected extends Exception {
    private static final long serialVersionUID = 1L;

    Rejected(String why) {
        super(why);
    }
}
