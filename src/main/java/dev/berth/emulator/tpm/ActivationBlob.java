package dev.berth.emulator.tpm;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * DPS's {@code authenticationKey}: an HMAC key that only one TPM can import, and then only use, not read.
 *
 * <p>An inner key is sealed as a credential, which the TPM opens by its EK only for the SRK of that name. The HMAC key is
 * encrypted by the inner key and sealed again for the SRK, as a key that is duplicated under it. Six parts follow each
 * other: TPM2B_ID_OBJECT and TPM2B_ENCRYPTED_SECRET for TPM2_ActivateCredential; TPM2B_PRIVATE, TPM2B_ENCRYPTED_SECRET and
 * TPM2B_PUBLIC for TPM2_Import; TPM2B_DATA, a text that the inner key encrypts.
 */
final class ActivationBlob {
    private static final int INNER_KEY_BYTES = 16;
    private static final int OBFUSCATION_BYTES = 32;
    private static final int TYPE_KEYED_HASH = 0x0008;
    private static final int SCHEME_HMAC = 0x0005;
    /** sign, noDA and userWithAuth; neither fixedTPM nor fixedParent, or it could not be imported. */
    private static final int ATTRIBUTES = 0x0004_0000 | 0x0400 | 0x0040;

    private ActivationBlob() {}

    /** The blob in base64. */
    static String of(TpmPublic endorsementKey, TpmPublic storageRootKey, byte[] hmacKey, String uri) {
        try {
            var innerKey = TpmSeal.random(INNER_KEY_BYTES);
            var credential = TpmSeal.of(
                    endorsementKey,
                    "IDENTITY",
                    storageRootKey.name(),
                    new TpmWriter().sized(innerKey).bytes());
            var obfuscation = TpmSeal.random(OBFUSCATION_BYTES);
            var area = publicArea(obfuscation, hmacKey);
            var name = TpmSeal.name(area);
            var duplicate = TpmSeal.of(
                    storageRootKey, "DUPLICATE", name, inner(innerKey, name, sensitive(obfuscation, hmacKey)));
            var blob = new TpmWriter()
                    .sized(credential.sealed())
                    .sized(credential.secret())
                    .sized(duplicate.sealed())
                    .sized(duplicate.secret())
                    .sized(area)
                    .sized(TpmSeal.cfb(innerKey, uri.getBytes(StandardCharsets.UTF_8)));
            return Base64.getEncoder().encodeToString(blob.bytes());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES", e);
        }
    }

    private static byte[] publicArea(byte[] obfuscation, byte[] hmacKey) {
        return new TpmWriter()
                .number16(TYPE_KEYED_HASH)
                .number16(TpmSeal.ALGORITHM_SHA256)
                .number32(ATTRIBUTES)
                .sized(new byte[0])
                .number16(SCHEME_HMAC)
                .number16(TpmSeal.ALGORITHM_SHA256)
                .sized(TpmSeal.sha256(obfuscation, hmacKey))
                .bytes();
    }

    /** TPM2B_SENSITIVE: a key without password. */
    private static byte[] sensitive(byte[] obfuscation, byte[] hmacKey) {
        var area = new TpmWriter()
                .number16(TYPE_KEYED_HASH)
                .sized(new byte[0])
                .sized(obfuscation)
                .sized(hmacKey);
        return new TpmWriter().sized(area.bytes()).bytes();
    }

    /** The inner wrapper of a duplicate: a digest over key and name before the key, both encrypted. */
    private static byte[] inner(byte[] innerKey, byte[] name, byte[] sensitive) throws GeneralSecurityException {
        return TpmSeal.cfb(
                innerKey,
                new TpmWriter()
                        .sized(TpmSeal.sha256(sensitive, name))
                        .raw(sensitive)
                        .bytes());
    }
}
