package dev.slipway.api.migration;

/// Where a check found source and target to differ: as much of it as the check could tell. What it
/// could not is empty.
///
/// @param table the target's table
/// @param key the row's key in the target
/// @param source the row's key in the source
/// @param column the target column; empty where the whole row is meant
/// @param is what stands in the target, or what is wrong with the row
/// @param expected what source and plan say it must be
public record Place(
        String table, String key, String source, String column, String is, String expected) {

    /// A row that is wrong as a whole.
    ///
    /// @param what is wrong with it
    public static Place row(String table, String key, String source, String what) {
        return new Place(table, key, source, "", what, "");
    }

    /// In one line: `sale 17 (source 17), column price: is 301, expected 300`.
    public String text() {
        String row =
                table
                        + (key.isEmpty() ? "" : " " + key)
                        + (source.isEmpty() ? "" : " (source " + source + ")");
        return column.isEmpty()
                ? row + ": " + is
                : row + ", column " + column + ": is " + is + ", expected " + expected;
    }
}
