package dev.slipway.backend.tasks.export.file;

import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

import java.io.IOException;

/// A draft as Parquet wants its files: something that knows how far it is, from where the draft is
/// now on.
final class ParquetOutput implements OutputFile {
    private final DraftFile to;

    ParquetOutput(DraftFile to) {
        this.to = to;
    }

    @Override
    public PositionOutputStream create(long blockSize) {
        return new Positioned(to);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSize) {
        return create(blockSize);
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }

    /// Never closes the draft: it is not done when its rows are.
    private static final class Positioned extends PositionOutputStream {
        private final DraftFile to;
        private final long start;

        Positioned(DraftFile to) {
            this.to = to;
            this.start = to.bytes();
        }

        @Override
        public long getPos() {
            return to.bytes() - start;
        }

        @Override
        public void write(int b) throws IOException {
            to.stream().write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            to.stream().write(bytes, offset, length);
        }
    }
}
