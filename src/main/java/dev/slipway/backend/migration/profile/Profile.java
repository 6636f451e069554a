package dev.slipway.backend.migration.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// What was found in a source.
///
/// @param engine its name and version
public record Profile(String engine, List<TableProfile> tables) {
    public Profile {
        tables = List.copyOf(tables);
    }

    /// Writes the first plan, the target's tables and what was found.
    ///
    /// @param folder of `plan.yaml`, `target.sql` and `profile.txt`; made if it is not there
    /// @param name of the plan
    public void write(Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("plan.yaml"), Draft.plan(name, this));
        Files.writeString(folder.resolve("target.sql"), Draft.sql(this));
        Files.writeString(folder.resolve("profile.txt"), text());
    }

    /// Rows that the first plan puts into quarantine, of those that were read.
    public long refused() {
        return tables.stream().mapToLong(t -> t.refused).sum();
    }

    /// What was found, for people.
    public String text() {
        var text = new StringBuilder(engine).append('\n');
        for (TableProfile table : tables) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%n%s: %,d rows, key %s; the first plan puts %,d into quarantine%n",
                            table.name,
                            table.rows,
                            table.key.isEmpty() ? "none" : String.join(", ", table.key),
                            table.refused));
            table.remarks.forEach(r -> text.append("  ! ").append(r).append('\n'));
            for (ColumnProfile column : table.columns) {
                text.append("  ")
                        .append(column.column.name())
                        .append(": ")
                        .append(Draft.profileLine(column))
                        .append('\n');
            }
        }
        return text.toString();
    }
}
