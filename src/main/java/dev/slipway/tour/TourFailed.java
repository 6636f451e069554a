package dev.slipway.tour;

/// A step of the tour that did not come out as it must.
final class TourFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// @param message what was expected and what was found
    TourFailed(String message) {
        super(message);
    }
}
