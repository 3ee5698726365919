package dev.berth.pki;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Locale;

/** The kinds of keys that are made here. */
public enum KeyAlgorithm {
    RSA_2048,
    RSA_3072,
    RSA_4096,
    P_256,
    P_384,
    ED25519;

    public KeyPair generate(SecureRandom random) {
        try {
            var pairs = generator();
            pairs.initialize(parameters(), random);
            return pairs.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + this, e);
        }
    }

    private KeyPairGenerator generator() throws NoSuchAlgorithmException {
        return KeyPairGenerator.getInstance(
                switch (this) {
                    case RSA_2048, RSA_3072, RSA_4096 -> "RSA";
                    case P_256, P_384 -> "EC";
                    case ED25519 -> "Ed25519";
                });
    }

    private AlgorithmParameterSpec parameters() {
        return switch (this) {
            case RSA_2048 -> new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4);
            case RSA_3072 -> new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F4);
            case RSA_4096 -> new RSAKeyGenParameterSpec(4096, RSAKeyGenParameterSpec.F4);
            case P_256 -> new ECGenParameterSpec("secp256r1");
            case P_384 -> new ECGenParameterSpec("secp384r1");
            case ED25519 -> NamedParameterSpec.ED25519;
        };
    }

    /** The signature algorithm that suits a key. */
    static String signature(PrivateKey key) {
        return switch (key) {
            case RSAPrivateKey _ -> "SHA256withRSA";
            case ECPrivateKey ec -> ec.getParams().getOrder().bitLength() > 256 ? "SHA384withECDSA" : "SHA256withECDSA";
            default -> "Ed25519";
        };
    }

    /** As it is spelled on the command line: {@code rsa-2048}, {@code p-256}, {@code ed25519}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
