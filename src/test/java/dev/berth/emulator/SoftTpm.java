package dev.berth.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/** The device's side of DPS's activation, as TPM2_ActivateCredential, TPM2_Import and TPM2_HMAC do it; checks as they do. */
public final class SoftTpm {
    private static final byte[] NO_POLICY = {};
    private static final byte[] ENDORSEMENT_POLICY =
            HexFormat.of().parseHex("837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa");
    private static final int STORAGE_ATTRIBUTES = 0x0003_0472;
    private static final int ENDORSEMENT_ATTRIBUTES = 0x0003_00b2;

    private final KeyPair endorsement = keyPair();
    private final KeyPair root = keyPair();
    private byte[] identityKey = {};

    /** TPM2B_PUBLIC in base64. */
    public String endorsementKey() {
        return Base64.getEncoder().encodeToString(sized(area(endorsement, ENDORSEMENT_ATTRIBUTES, ENDORSEMENT_POLICY)));
    }

    public String storageRootKey() {
        return Base64.getEncoder().encodeToString(sized(rootArea()));
    }

    /** Imports the key of an {@code authenticationKey}; fails where a TPM would. */
    public void activate(byte[] blob) throws Exception {
        var in = ByteBuffer.wrap(blob);
        var credential = buffer(in);
        var credentialSecret = buffer(in);
        var duplicate = buffer(in);
        var duplicateSecret = buffer(in);
        var area = buffer(in);
        var uri = buffer(in);
        assertThat(in.hasRemaining()).isFalse();

        var innerKey =
                buffer(ByteBuffer.wrap(open(endorsement, "IDENTITY", credentialSecret, name(rootArea()), credential)));
        var wrapped = open(root, "DUPLICATE", duplicateSecret, name(area), duplicate);
        var inner = ByteBuffer.wrap(cfb(innerKey, wrapped));
        var integrity = buffer(inner);
        var sensitive = Arrays.copyOfRange(inner.array(), inner.position(), inner.array().length);
        assertThat(integrity).isEqualTo(sha256(sensitive, name(area)));
        identityKey = key(ByteBuffer.wrap(buffer(ByteBuffer.wrap(sensitive))), area);
        assertThat(new String(cfb(innerKey, uri), StandardCharsets.UTF_8)).contains("/registrations/");
    }

    /** The key of a TPMT_SENSITIVE, which has to be the one that the public area names. */
    private static byte[] key(ByteBuffer sensitive, byte[] area) {
        assertThat(sensitive.getShort()).isEqualTo((short) 0x0008);
        assertThat(buffer(sensitive)).isEmpty();
        var obfuscation = buffer(sensitive);
        var key = buffer(sensitive);
        assertThat(Arrays.copyOfRange(area, area.length - 32, area.length)).isEqualTo(sha256(obfuscation, key));
        return key;
    }

    public byte[] sign(byte[] text) throws Exception {
        return hmac(identityKey, text);
    }

    private static byte[] open(KeyPair key, String purpose, byte[] secret, byte[] name, byte[] sealed)
            throws Exception {
        var cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        var label = new PSource.PSpecified((purpose + '\0').getBytes(StandardCharsets.US_ASCII));
        cipher.init(
                Cipher.DECRYPT_MODE,
                key.getPrivate(),
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, label));
        var seed = cipher.doFinal(secret);
        var in = ByteBuffer.wrap(sealed);
        var mac = buffer(in);
        var encrypted = new byte[in.remaining()];
        in.get(encrypted);
        assertThat(mac).isEqualTo(hmac(derived(seed, "INTEGRITY", new byte[0], 256), encrypted, name));
        return cfb(Arrays.copyOf(derived(seed, "STORAGE", name, 128), 16), encrypted);
    }

    private static byte[] derived(byte[] seed, String label, byte[] context, int bits) throws Exception {
        return hmac(
                seed,
                new byte[] {0, 0, 0, 1},
                label.getBytes(StandardCharsets.US_ASCII),
                new byte[1],
                context,
                new byte[] {0, 0, (byte) (bits >> 8), (byte) bits});
    }

    private static byte[] cfb(byte[] key, byte[] text) throws Exception {
        var cipher = Cipher.getInstance("AES/CFB/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
        return Arrays.copyOf(cipher.doFinal(Arrays.copyOf(text, (text.length + 15) / 16 * 16)), text.length);
    }

    private static byte[] hmac(byte[] key, byte[]... parts) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (var part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    private byte[] rootArea() {
        return area(root, STORAGE_ATTRIBUTES, NO_POLICY);
    }

    private static byte[] area(KeyPair key, int attributes, byte[] policy) {
        var modulus = unsigned(((RSAPublicKey) key.getPublic()).getModulus());
        return ByteBuffer.allocate(26 + policy.length + modulus.length)
                .putShort((short) 0x0001)
                .putShort((short) 0x000B)
                .putInt(attributes)
                .putShort((short) policy.length)
                .put(policy)
                .putShort((short) 0x0006)
                .putShort((short) 128)
                .putShort((short) 0x0043)
                .putShort((short) 0x0010)
                .putShort((short) 2048)
                .putInt(0)
                .putShort((short) modulus.length)
                .put(modulus)
                .array();
    }

    private static byte[] name(byte[] area) {
        return ByteBuffer.allocate(34)
                .putShort((short) 0x000B)
                .put(sha256(area))
                .array();
    }

    private static byte[] sized(byte[] bytes) {
        return ByteBuffer.allocate(2 + bytes.length)
                .putShort((short) bytes.length)
                .put(bytes)
                .array();
    }

    private static byte[] buffer(ByteBuffer in) {
        var bytes = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(bytes);
        return bytes;
    }

    private static byte[] unsigned(BigInteger number) {
        var bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keyPair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
