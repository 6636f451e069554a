package dev.slipway.sandbox.generate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What a generated legacy database holds.
///
/// @param lines order lines that were asked for
/// @param rows per table
/// @param anomalies planted, per table and kind
public record Manifest(long seed, int lines, Map<String, Long> rows, Map<String, Long> anomalies) {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    public Manifest {
        rows = Map.copyOf(rows);
        anomalies = Map.copyOf(anomalies);
    }

    /// The manifest's place: beside its database, with the ending `.manifest.json`.
    public static Path beside(Path database) {
        return database.resolveSibling(database.getFileName() + ".manifest.json");
    }

    /// The manifest of a database; empty if the database is not there or has none that can be read.
    public static Optional<Manifest> of(Path database) {
        try {
            return Files.exists(database) && Files.exists(beside(database))
                    ? Optional.of(JSON.readValue(beside(database).toFile(), Manifest.class))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void write(Path database) throws IOException {
        var sorted =
                Map.of(
                        "seed",
                        seed,
                        "lines",
                        lines,
                        "rows",
                        new java.util.TreeMap<>(rows),
                        "anomalies",
                        new java.util.TreeMap<>(anomalies));
        Files.writeString(
                beside(database),
                JSON.writeValueAsString(new java.util.TreeMap<>(sorted)) + System.lineSeparator());
    }
}
