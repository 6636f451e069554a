package dev.slipway.api.tasks;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

/// Which rows an export means: those that meet all of it. Null means all.
///
/// @param from orders, invoices: the first date (of the order; business date)
/// @param to orders, invoices: the last date, itself included
/// @param vendor orders, invoices: of the vendor with this key alone
/// @param run invoices: of this invoice run alone; quarantine: the migration run, which is needed
/// @param step quarantine: of this step
/// @param column quarantine: refused for this target column; empty for rows refused as a whole
/// @param rule quarantine: refused by this rule
/// @param state quarantine: OPEN, ACCEPTED or RESOLVED; invoices: of this mail state
/// @param text quarantine: in key, reason or raw row; invoices: in number, vendor's name and key,
///   e-mail and state of the mail
public record ExportFilter(
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable String vendor,
        @Nullable String run,
        @Nullable String step,
        @Nullable String column,
        @Nullable String rule,
        @Nullable String state,
        @Nullable String text) {
    public static final ExportFilter ALL =
            new ExportFilter(null, null, null, null, null, null, null, null, null);

    /// Everything of some dates.
    public static ExportFilter dates(
            @Nullable LocalDate from, @Nullable LocalDate to, @Nullable String vendor) {
        return new ExportFilter(from, to, vendor, null, null, null, null, null, null);
    }

    /// Everything of one run.
    public static ExportFilter run(String run) {
        return new ExportFilter(null, null, null, run, null, null, null, null, null);
    }
}
