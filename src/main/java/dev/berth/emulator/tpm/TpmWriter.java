package dev.berth.emulator.tpm;

import java.io.ByteArrayOutputStream;

/** TPM structures as bytes: numbers of two or four bytes, highest first, and buffers with their size before them. */
final class TpmWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    TpmWriter number16(int value) {
        bytes.write(value >>> 8);
        bytes.write(value);
        return this;
    }

    TpmWriter number32(int value) {
        return number16(value >>> 16).number16(value);
    }

    TpmWriter raw(byte[] value) {
        bytes.writeBytes(value);
        return this;
    }

    /** A TPM2B. */
    TpmWriter sized(byte[] value) {
        return number16(value.length).raw(value);
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
