package dev.berth.crypto;

import com.amazon.corretto.crypto.provider.SelfTestResult;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
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

    /** The substitute's work, which lives in no class of the provider's. Its bytes are fixed: thousands of random ones made a start wait. */
    static final class Comparison {
        /** Bytes of keys and messages: on both sides of the blocks that hashes work in, 64 and 128 bytes. */
        private static final int[] LENGTHS = {1, 63, 64, 65, 127, 128, 129, 300};

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
            for (var keyBytes : LENGTHS) {
                var key = new SecretKeySpec(bytes(keyBytes), jdk.getAlgorithm());
                theirs.init(key);
                jdk.init(key);
                for (var messageBytes : LENGTHS) {
                    byte[] message = bytes(messageBytes);
                    if (!MessageDigest.isEqual(theirs.doFinal(message), jdk.doFinal(message))) {
                        throw new GeneralSecurityException(jdk.getAlgorithm() + " differs from the JDK's");
                    }
                }
            }
        }

        private static byte[] bytes(int length) {
            byte[] bytes = new byte[length];
            for (var i = 0; i < length; i++) {
                bytes[i] = (byte) (31 * i + length);
            }
            return bytes;
        }
    }
}
