package dev.berth.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import org.jspecify.annotations.Nullable;

/**
 * What AWS-LC does better than the JDK, through the Amazon Corretto Crypto Provider: elliptic curves, where it verifies the signature on a device's
 * certificate in a tenth of the CPU; and AES-GCM in an executable, whose JDK does it without the processor's help. Nothing else is taken from it. It loads
 * at first use; where it cannot, and for what it does not know, Java goes on to the next provider, which is the JDK's.
 */
public final class AwsLc extends Provider {
    private static final long serialVersionUID = 1L;
    private static final String NAME = "BerthAwsLc";

    AwsLc() {
        super(NAME, "1", "what AWS-LC does better than the JDK");
        putService(new Borrowed(this, "Signature", "SHA256withECDSA"));
        putService(new Borrowed(this, "Signature", "SHA384withECDSA"));
        putService(new Borrowed(this, "Signature", "SHA512withECDSA"));
        putService(new Borrowed(this, "Signature", "NONEwithECDSA"));
        putService(new Borrowed(this, "KeyFactory", "EC"));
        putService(new Borrowed(this, "KeyPairGenerator", "EC"));
        putService(new Borrowed(this, "KeyAgreement", "ECDH"));
        if (inExecutable()) {
            putService(new Borrowed(this, "Cipher", "AES/GCM/NoPadding"));
        }
    }

    /** Or while one is built, which is when its providers are chosen. */
    private static boolean inExecutable() {
        return System.getProperty("org.graalvm.nativeimage.imagecode") != null;
    }

    /** Before all others in this process. */
    public static void prefer() {
        takeLibraryBesideExecutable();
        var known = Security.getProvider(NAME);
        Security.removeProvider(NAME);
        Security.insertProviderAt(known == null ? new AwsLc() : known, 1);
    }

    /** What stands there need not be unpacked. */
    private static void takeLibraryBesideExecutable() {
        var library = System.mapLibraryName("amazonCorrettoCryptoProvider");
        var executable = ProcessHandle.current().info().command();
        if (executable.isPresent() && Files.isReadable(Path.of(executable.get()).resolveSibling(library))) {
            System.setProperty("com.amazon.corretto.crypto.provider.useExternalLib", "true");
        }
    }

    /** A service of the real provider, under the name of this one. */
    private static final class Borrowed extends Service {
        Borrowed(Provider borrower, String type, String algorithm) {
            super(borrower, type, algorithm, Borrowed.class.getName(), null, null);
        }

        @Override
        public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
            return real().newInstance(parameter);
        }

        private Service real() throws NoSuchAlgorithmException {
            Service real = AmazonCorrettoCryptoProvider.INSTANCE.getService(getType(), getAlgorithm());
            if (real == null) {
                throw new NoSuchAlgorithmException(
                        "the native library of " + AmazonCorrettoCryptoProvider.PROVIDER_NAME
                                + " is not for this machine",
                        AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError());
            }
            return real;
        }
    }
}
