package dev.slipway.tour;

import dev.slipway.client.http.ProblemException;

import java.util.concurrent.Callable;

/// Asks what may be refused, inside a condition.
final class Checked {
    private Checked() {}

    /// @throws TourFailed with the problem in words
    static <T> T get(Callable<T> question) {
        try {
            return question.call();
        } catch (ProblemException e) {
            throw new TourFailed(e.problem().title() + ": " + e.problem().detail());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new TourFailed(e.toString());
        }
    }
}
