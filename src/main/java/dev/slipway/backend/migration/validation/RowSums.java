package dev.slipway.backend.migration.validation;

import dev.slipway.backend.migration.target.CellVisitor;

import java.math.BigDecimal;

/// Counts rows and adds up their hashes.
final class RowSums implements CellVisitor {
    private long rows;
    private long checksum;
    private long hash;
    private int width;
    private long[] cells = new long[64];

    long rows() {
        return rows;
    }

    long checksum() {
        return checksum;
    }

    private void cell(long cell) {
        if (width == cells.length) {
            cells = java.util.Arrays.copyOf(cells, width * 2);
        }
        cells[width++] = cell;
    }

    @Override
    public void none() {
        cell(RowHash.ofNone());
    }

    @Override
    public void text(byte[] bytes, int from, int length) {
        cell(RowHash.ofText(bytes, from, length));
    }

    @Override
    public void whole(long number) {
        cell(RowHash.ofWhole(number));
    }

    @Override
    public void decimal(long unscaled, int scale) {
        cell(RowHash.ofDecimal(unscaled, scale));
    }

    @Override
    public void decimal(BigDecimal number) {
        cell(RowHash.ofDecimal(number));
    }

    @Override
    public void truth(boolean value) {
        cell(RowHash.ofTruth(value));
    }

    @Override
    public void day(long epochDay) {
        cell(RowHash.ofDay(epochDay));
    }

    @Override
    public void moment(long micros) {
        cell(RowHash.ofMoment(micros));
    }

    @Override
    public void end() {
        hash = RowHash.begin(width);
        for (int i = 0; i < width; i++) {
            hash = RowHash.with(hash, cells[i]);
        }
        checksum += RowHash.end(hash);
        rows++;
        width = 0;
    }
}
