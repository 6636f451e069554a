package dev.slipway.api.tasks;

/// Asks for an export.
public record StartExport(ExportOf what, ExportFormat format, ExportFilter which) {}
