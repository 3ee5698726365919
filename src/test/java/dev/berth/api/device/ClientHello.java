package dev.berth.api.device;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** The first record of a handshake, as the JDK sends it, and what becomes of it in wrong hands. */
record ClientHello(byte[] bytes) {
    static final int RECORD_LENGTH_AT = 3;
    static final int MESSAGE_TYPE_AT = 5;
    static final int MESSAGE_LENGTH_AT = 6;
    static final int VERSION_AT = 9;

    /** The extension that names TLS 1.2 alone: its type, its length, the list's length, the version. */
    private static final byte[] SUPPORTED_VERSIONS = {0, 0x2b, 0, 3, 2, 3, 3};

    private static final int[] UNKNOWN_EXTENSION = {0xfa, 0xfa};

    static ClientHello of(String protocol) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, null, null);
            var engine = context.createSSLEngine("localhost", 443);
            engine.setUseClientMode(true);
            engine.setEnabledProtocols(new String[] {protocol});
            var record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), record);
            return new ClientHello(Arrays.copyOf(record.array(), record.position()));
        } catch (GeneralSecurityException | SSLException e) {
            throw new AssertionError(e);
        }
    }

    /** What a device sent that knew nothing newer than {@code version}, from before there was an extension to say so; of a hello for TLS 1.2. */
    ClientHello ofOldVersion(int major, int minor) {
        return with(VERSION_AT, major, minor).with(indexOf(SUPPORTED_VERSIONS), UNKNOWN_EXTENSION);
    }

    private int indexOf(byte... part) {
        int at = 0;
        while (!Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
            at++;
        }
        return at;
    }

    int length() {
        return bytes.length;
    }

    ClientHello with(int at, int... values) {
        var changed = bytes.clone();
        for (int i = 0; i < values.length; i++) {
            changed[at + i] = (byte) values[i];
        }
        return new ClientHello(changed);
    }

    /** Its first {@code length} bytes. */
    ClientHello cut(int length) {
        return new ClientHello(Arrays.copyOf(bytes, length));
    }

    /** A few bytes behind the record's head changed, or some taken out or put in. */
    ClientHello mutated(RandomGenerator random) {
        int at = random.nextInt(MESSAGE_TYPE_AT, bytes.length);
        return switch (random.nextInt(3)) {
            case 0 -> with(at, random.nextInt(256));
            case 1 -> spliced(at, Math.min(bytes.length, at + random.nextInt(1, 16)), new byte[0]);
            default -> {
                var more = new byte[random.nextInt(1, 16)];
                random.nextBytes(more);
                yield spliced(at, at, more);
            }
        };
    }

    private ClientHello spliced(int from, int to, byte[] between) {
        var spliced = ByteBuffer.allocate(bytes.length - (to - from) + between.length);
        spliced.put(bytes, 0, from).put(between).put(bytes, to, bytes.length - to);
        return new ClientHello(spliced.array()).withRecordLength();
    }

    /** With the record's head saying how long it is, so that the message within is looked at. */
    private ClientHello withRecordLength() {
        int length = bytes.length - MESSAGE_TYPE_AT;
        return with(RECORD_LENGTH_AT, length >> 8, length);
    }
}
