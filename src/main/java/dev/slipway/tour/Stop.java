package dev.slipway.tour;

/// One stop of the tour.
interface Stop {
    /// What is done there, for a person.
    String title();

    /// Does it; what did not come out as it must is thrown as [TourFailed].
    void walk(Walk scene) throws Exception;
}
