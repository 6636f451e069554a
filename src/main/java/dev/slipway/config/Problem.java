package dev.slipway.config;

/// Something wrong in a YAML file.
///
/// @param line from 1; 0 if it belongs to no line
/// @param column from 1
/// @param message what was wrong and what was expected
public record Problem(int line, int column, String message) {
    @Override
    public String toString() {
        return line == 0 ? message : "line " + line + ": " + message;
    }
}
