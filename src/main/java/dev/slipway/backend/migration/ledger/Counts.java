package dev.slipway.backend.migration.ledger;

/// What became of rows. The law: what was read is written, merged, quarantined or skipped.
///
/// @param checksum sum of the hashes of the rows written
public record Counts(
        long read, long written, long merged, long quarantined, long skipped, long checksum) {
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);

    public Counts plus(Counts other) {
        return new Counts(
                read + other.read,
                written + other.written,
                merged + other.merged,
                quarantined + other.quarantined,
                skipped + other.skipped,
                checksum + other.checksum);
    }

    /// A checksum as people see it.
    public static String checksum(long sum) {
        return String.format("%016x", sum);
    }

    /// Whether no row is unaccounted for.
    public boolean conserved() {
        return read == written + merged + quarantined + skipped;
    }
}
