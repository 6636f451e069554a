package dev.slipway.backend.tasks.export;

/// What of an export's file is on the disk for good, whatever becomes of its worker: where the next
/// worker goes on.
///
/// @param file the draft in the folder; it may have more bytes, which don't count
/// @param bytes that count, from its beginning
/// @param sha256 of those bytes, hexadecimal
/// @param rows in them, one at least
/// @param last the mark of the last of them, see [RowMark]
record Piece(String file, long bytes, String sha256, long rows, String last) {}
