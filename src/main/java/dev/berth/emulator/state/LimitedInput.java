package dev.berth.emulator.state;

import dev.berth.emulator.json.InvalidConfigException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A document of at most so many bytes. */
final class LimitedInput extends FilterInputStream {
    private final long bytesMax;
    private long left;

    LimitedInput(InputStream in, long bytesMax) {
        super(in);
        this.bytesMax = bytesMax;
        this.left = bytesMax;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        taken(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        taken(Math.max(0, read));
        return read;
    }

    private void taken(int count) {
        left -= count;
        if (left < 0) {
            throw new InvalidConfigException("", "is larger than " + bytesMax + " bytes");
        }
    }
}
