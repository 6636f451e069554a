package dev.slipway.tour;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The stops in their order. The first that fails ends the tour: what comes after stands on it.
final class Tour {
    private static final List<Stop> STOPS =
            List.of(
                    new Suffering(),
                    new Migrating(),
                    new Comparing(),
                    new Invoicing(),
                    new Shifting(),
                    new Outage());

    private final Walk scene;

    Tour(Walk scene) {
        this.scene = scene;
    }

    /// @return whether every stop came out as it must
    boolean walk() throws InterruptedException {
        ArrayNode stops = scene.report().withArrayProperty("stops");
        for (Stop stop : STOPS) {
            System.err.println("tour: " + stop.title());
            Instant start = Instant.now();
            ObjectNode entry = stops.addObject().put("title", stop.title());
            String fault = walk(stop);
            entry.put("seconds", Duration.between(start, Instant.now()).toMillis() / 1e3);
            entry.put("passed", fault.isEmpty());
            if (!fault.isEmpty()) {
                entry.put("fault", fault);
                System.err.println("tour: FAILED: " + fault);
                scene.pictures().take("failed");
                return false;
            }
        }
        return true;
    }

    private String walk(Stop stop) throws InterruptedException {
        try {
            stop.walk(scene);
            return "";
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) { // the tour's boundary: whatever it was, the report names it
            return e instanceof TourFailed ? String.valueOf(e.getMessage()) : e.toString();
        }
    }
}
