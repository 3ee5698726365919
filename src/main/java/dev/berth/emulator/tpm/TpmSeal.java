package dev.berth.emulator.tpm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/**
 * How a service protects something so that only one TPM can read it: a seed goes to the TPM's key by RSA-OAEP; one key
 * that is derived from it encrypts, another one authenticates the result and the name of what it belongs to. The rules
 * are those of "Protected storage" and "Credential protection" in part 1 of the TPM 2.0 library specification.
 *
 * @param secret the seed for the TPM's key, TPM2B_ENCRYPTED_SECRET without its size
 * @param sealed digest and cipher text, as TPM2B_ID_OBJECT and TPM2B_PRIVATE hold them
 */
record TpmSeal(byte[] secret, byte[] sealed) {
    static final int ALGORITHM_SHA256 = 0x000B;

    private static final int SEED_BYTES = 32;
    private static final int AES_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Seals bytes for a TPM's key under a purpose, bound to a name. */
    static TpmSeal of(TpmPublic key, String purpose, byte[] name, byte[] plain) {
        try {
            var seed = random(SEED_BYTES);
            var encrypted = cfb(Arrays.copyOf(derived(seed, "STORAGE", name, AES_BYTES * 8), AES_BYTES), plain);
            var mac = hmac(derived(seed, "INTEGRITY", new byte[0], SEED_BYTES * 8), encrypted, name);
            return new TpmSeal(
                    oaep(key, purpose, seed),
                    new TpmWriter().sized(mac).raw(encrypted).bytes());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA, AES and SHA-256", e);
        }
    }

    /** AES-128-CFB from a zero vector; the JDK wants whole blocks, of which the rest of the last one is cut off. */
    static byte[] cfb(byte[] key, byte[] plain) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/CFB/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[AES_BYTES]));
        int whole = (plain.length + AES_BYTES - 1) / AES_BYTES * AES_BYTES;
        return Arrays.copyOf(cipher.doFinal(Arrays.copyOf(plain, whole)), plain.length);
    }

    static byte[] name(byte[] publicArea) {
        return new TpmWriter()
                .number16(ALGORITHM_SHA256)
                .raw(sha256(publicArea))
                .bytes();
    }

    static byte[] sha256(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static byte[] random(int bytes) {
        var random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    private static byte[] oaep(TpmPublic key, String purpose, byte[] seed) throws GeneralSecurityException {
        var label = new PSource.PSpecified((purpose + '\0').getBytes(StandardCharsets.US_ASCII));
        var cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                key.key(),
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, label));
        return cipher.doFinal(seed);
    }

    /** KDFa with SHA-256, whose one round is enough for the keys here. */
    private static byte[] derived(byte[] seed, String label, byte[] context, int bits) throws GeneralSecurityException {
        return hmac(
                seed,
                ByteBuffer.allocate(4).putInt(1).array(),
                (label + '\0').getBytes(StandardCharsets.US_ASCII),
                context,
                ByteBuffer.allocate(4).putInt(bits).array());
    }

    private static byte[] hmac(byte[] key, byte[]... parts) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (var part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }
}
