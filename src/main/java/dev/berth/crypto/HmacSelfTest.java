package dev.berth.crypto;

import com.amazon.corretto.crypto.provider.SelfTestResult;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.MacSpi;
import javax.crypto.spec.SecretKeySpec;

/**
 * In a native image, how AWS-LC's HMACs test themselves. Their own test registers a provider for itself, which an image does not trust, and then
 * all of AWS-LC stays switched off. This one compares them with the JDK's.
 */
@TargetClass(className = "com.amazon.corretto.crypto.provider.EvpHmac")
final class HmacSelfTest {
    private HmacSelfTest() {}

    @Substitute
    private static SelfTestResult runSelfTest(String algorithm, Class<? extends MacSpi> implementation) {
        return Comparison.run(algorithm, implementation);
    }

    /** The substitute's work, which lives in no class of the provider's. */
    static final class Comparison {
        private static final int ROUNDS = 300;
        private static final int BYTES_MAX = 512;

        private Comparison() {}

        static SelfTestResult run(String algorithm, Class<? extends MacSpi> implementation) {
            try {
                var constructor = implementation.getDeclaredConstructor();
                constructor.setAccessible(true);
                var theirs = new Mac(constructor.newInstance(), null, algorithm) {};
                compare(theirs, Mac.getInstance(algorithm, "SunJCE"));
                return SelfTestResult.PASS_RESULT;
            } catch (ReflectiveOperationException | GeneralSecurityException e) {
                return new SelfTestResult(e);
            }
        }

        private static void compare(Mac theirs, Mac jdk) throws GeneralSecurityException {
            var random = new SecureRandom();
            for (var round = 0; round < ROUNDS; round++) {
                var key = new SecretKeySpec(bytes(random, 1 + random.nextInt(BYTES_MAX)), jdk.getAlgorithm());
                byte[] message = bytes(random, random.nextInt(BYTES_MAX));
                theirs.init(key);
                jdk.init(key);
                if (!MessageDigest.isEqual(theirs.doFinal(message), jdk.doFinal(message))) {
                    throw new GeneralSecurityException(jdk.getAlgorithm() + " differs from the JDK's");
                }
            }
        }

        private static byte[] bytes(SecureRandom random, int length) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            return bytes;
        }
    }
}
