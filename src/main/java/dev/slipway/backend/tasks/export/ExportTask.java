package dev.slipway.backend.tasks.export;

import dev.slipway.api.access.Role;
import dev.slipway.api.schedules.ScheduleTask;
import dev.slipway.api.schedules.ScheduleTask.Parameter;
import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.api.tasks.ExportFormat;
import dev.slipway.api.tasks.ExportOf;
import dev.slipway.api.tasks.StartExport;
import dev.slipway.backend.schedules.Task;

import org.jdbi.v3.core.Handle;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The task `export`: has the orders or invoices of one business date written to a file.
final class ExportTask implements Task {
    private static final String WHAT = "what";
    private static final String FORMAT = "format";

    private final ExportService exports;

    ExportTask(ExportService exports) {
        this.exports = exports;
    }

    @Override
    public ScheduleTask description() {
        return new ScheduleTask(
                "export",
                "Writes the orders or invoices of the business date to a file that can be"
                        + " downloaded for a while.",
                List.of(
                        new Parameter(
                                WHAT, "what is exported", List.of("invoices", "orders"), "orders"),
                        new Parameter(
                                FORMAT,
                                "the form of the file",
                                Arrays.stream(ExportFormat.values())
                                        .map(ExportFormat::ending)
                                        .toList(),
                                ExportFormat.CSV.ending())),
                List.of(Role.FINANCE, Role.OPERATOR, Role.ONCALL));
    }

    @Override
    public Started start(Handle handle, Order order) {
        var date = order.businessDate();
        ExportFormat format =
                Arrays.stream(ExportFormat.values())
                        .filter(f -> f.ending().equals(order.parameters().get(FORMAT)))
                        .findFirst()
                        .orElse(ExportFormat.CSV);
        String what = String.valueOf(order.parameters().get(WHAT)).toUpperCase(Locale.ROOT);
        var wanted =
                new StartExport(
                        ExportOf.valueOf(what), format, ExportFilter.dates(date, date, null));
        exports.check(wanted);
        return Started.job(exports.start(handle, wanted, order.user()).jobId());
    }
}
