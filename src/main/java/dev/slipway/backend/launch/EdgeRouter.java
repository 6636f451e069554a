package dev.slipway.backend.launch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.backend.edge.Edge;

import java.io.IOException;

/// The sandbox's own edge: `GET` and `PUT /edge/v1/weight` with `{"newPercent": n}`.
public final class EdgeRouter implements Router {
    private static final String WEIGHT = "/edge/v1/weight";

    private final Edge edge;
    private final ObjectMapper json;

    public EdgeRouter(Edge edge, ObjectMapper json) {
        this.edge = edge;
        this.json = json;
    }

    @Override
    public String name() {
        return "edge at " + edge.url();
    }

    @Override
    public int reported() throws Away, InterruptedException {
        try {
            JsonNode percent = json.readTree(edge.get(WEIGHT)).path("newPercent");
            if (percent.isInt() && percent.intValue() >= 0 && percent.intValue() <= 100) {
                return percent.intValue();
            }
            throw new IOException("the edge told no share");
        } catch (IOException e) {
            throw new Away(because(e), e);
        }
    }

    @Override
    public void apply(int newPercent) throws Away, InterruptedException {
        try {
            edge.put(WEIGHT, "{\"newPercent\":" + newPercent + "}");
        } catch (IOException e) {
            throw new Away(because(e), e);
        }
    }

    private static String because(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
