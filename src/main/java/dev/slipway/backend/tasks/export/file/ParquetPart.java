package dev.slipway.backend.tasks.export.file;

import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;

/// A whole Parquet file that stands in a draft.
///
/// @param start its first byte in the draft
record ParquetPart(DraftFile in, long start, long bytes) implements InputFile {
    @Override
    public long getLength() {
        return bytes;
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        return new Positioned(in.readable(), start);
    }

    private static final class Positioned extends DelegatingSeekableInputStream {
        private final FileChannel channel;
        private final long start;

        Positioned(FileChannel channel, long start) throws IOException {
            super(Channels.newInputStream(channel));
            this.channel = channel.position(start);
            this.start = start;
        }

        @Override
        public long getPos() throws IOException {
            return channel.position() - start;
        }

        @Override
        public void seek(long to) throws IOException {
            channel.position(start + to);
        }
    }
}
