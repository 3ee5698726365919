package dev.berth.api.device;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The kinds of keys that devices have, some of which nothing of Berth makes; one of each kind, because the large ones take long to make. */
@SuppressWarnings("ImmutableEnumChecker") // the JDK says of each of these parameters that it never changes
enum DeviceKey {
    P_256("EC", new ECGenParameterSpec("secp256r1")),
    P_384("EC", new ECGenParameterSpec("secp384r1")),
    P_521("EC", new ECGenParameterSpec("secp521r1")),
    RSA_2048("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4)),
    RSA_3072("RSA", new RSAKeyGenParameterSpec(3072, RSAKeyGenParameterSpec.F4)),
    RSA_4096("RSA", new RSAKeyGenParameterSpec(4096, RSAKeyGenParameterSpec.F4)),
    ED25519("Ed25519", NamedParameterSpec.ED25519);

    private static final Map<DeviceKey, KeyPair> PAIRS = new ConcurrentHashMap<>();

    private final String algorithm;
    private final AlgorithmParameterSpec parameters;

    DeviceKey(String algorithm, AlgorithmParameterSpec parameters) {
        this.algorithm = algorithm;
        this.parameters = parameters;
    }

    KeyPair pair() {
        return PAIRS.computeIfAbsent(this, DeviceKey::generate);
    }

    private KeyPair generate() {
        try {
            var pairs = KeyPairGenerator.getInstance(algorithm);
            pairs.initialize(parameters);
            return pairs.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
