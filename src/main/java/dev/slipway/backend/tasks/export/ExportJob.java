package dev.slipway.backend.tasks.export;

/// The payload of an export's job.
record ExportJob(String export) {
    static final String QUEUE = "exports";
    static final String TYPE = "export.write";
    static final int ATTEMPTS = 5;
}
