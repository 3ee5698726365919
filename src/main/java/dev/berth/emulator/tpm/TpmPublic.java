package dev.berth.emulator.tpm;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.Optional;

/**
 * The public part of a TPM's storage key, as EK and SRK are: RSA, named by SHA-256, protecting by AES-128 in CFB mode.
 *
 * @param area its TPMT_PUBLIC
 */
record TpmPublic(RSAPublicKey key, byte[] area) {
    private static final int ALGORITHM_RSA = 0x0001;
    private static final int ALGORITHM_AES = 0x0006;
    private static final int ALGORITHM_NULL = 0x0010;
    private static final int ALGORITHM_CFB = 0x0043;
    private static final int ATTRIBUTES_STORAGE = 0x0003_0000;
    private static final int AES_BITS = 128;
    private static final int KEY_BITS_MIN = 2_048;
    private static final int KEY_BITS_MAX = 4_096;
    private static final int EXPONENT = 65_537;

    /** The key that a TPM2B_PUBLIC in base64 is, unless it is of another kind. */
    static Optional<TpmPublic> parse(String base64) {
        try {
            var sized = ByteBuffer.wrap(Base64.getMimeDecoder().decode(base64));
            var area = buffer(sized);
            return sized.hasRemaining() ? Optional.empty() : read(area);
        } catch (IllegalArgumentException | BufferUnderflowException | GeneralSecurityException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<TpmPublic> read(byte[] area) throws GeneralSecurityException {
        var in = ByteBuffer.wrap(area);
        if (number(in) != ALGORITHM_RSA || number(in) != TpmSeal.ALGORITHM_SHA256) {
            return Optional.empty();
        }
        boolean storage = (in.getInt() & ATTRIBUTES_STORAGE) == ATTRIBUTES_STORAGE;
        buffer(in);
        if (!storage
                || number(in) != ALGORITHM_AES
                || number(in) != AES_BITS
                || number(in) != ALGORITHM_CFB
                || number(in) != ALGORITHM_NULL) {
            return Optional.empty();
        }
        int bits = number(in);
        int exponent = in.getInt();
        var modulus = buffer(in);
        if (bits < KEY_BITS_MIN || bits > KEY_BITS_MAX || modulus.length * 8 != bits || in.hasRemaining()) {
            return Optional.empty();
        }
        var spec = new RSAPublicKeySpec(
                new BigInteger(1, modulus), BigInteger.valueOf(exponent == 0 ? EXPONENT : exponent));
        return Optional.of(
                new TpmPublic((RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec), area));
    }

    /** How the TPM calls it: the digest of its public area, and by which algorithm. */
    byte[] name() {
        return TpmSeal.name(area);
    }

    private static int number(ByteBuffer in) {
        return Short.toUnsignedInt(in.getShort());
    }

    private static byte[] buffer(ByteBuffer in) {
        int size = number(in);
        if (size > in.remaining()) {
            throw new BufferUnderflowException();
        }
        var bytes = new byte[size];
        in.get(bytes);
        return bytes;
    }
}
