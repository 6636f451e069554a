package dev.slipway.api.tasks;

/// The form of an export's file.
public enum ExportFormat {
    /// Comma-separated values (RFC 4180), UTF-8, with a header.
    CSV("csv"),
    /// One JSON object a line, UTF-8.
    JSON_LINES("jsonl"),
    /// Apache Parquet with typed columns.
    PARQUET("parquet");

    private final String ending;

    ExportFormat(String ending) {
        this.ending = ending;
    }

    /// What a file's name ends with, without the dot.
    public String ending() {
        return ending;
    }
}
