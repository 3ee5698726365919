package dev.berth.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.pki.KeyAlgorithm;
import dev.berth.pki.Pki;
import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AwsLcTest {
    private static final String SUN = "SunEC";

    private final Provider curves = new AwsLc();
    private final Pki pki = new Pki();

    @ParameterizedTest
    @EnumSource(names = {"P_256", "P_384"})
    void certificatesOfEachCurveAreJudgedAsTheJdkDoes(KeyAlgorithm algorithm) throws Exception {
        var ca = pki.root("CA", algorithm).certificate();
        ca.verify(ca.getPublicKey(), curves);
        var key = KeyFactory.getInstance("EC", curves)
                .generatePublic(new X509EncodedKeySpec(ca.getPublicKey().getEncoded()));
        assertThat(key).isEqualTo(ca.getPublicKey());
        ca.verify(key);

        var another = pki.root("CA", algorithm).certificate();
        assertThatThrownBy(() -> ca.verify(another.getPublicKey(), curves)).isInstanceOf(SignatureException.class);
    }

    @Test
    void aProcessThatPrefersThemUsesThem() throws Exception {
        assertThat(providerOf("-Dnothing=true")).isEqualTo("BerthAwsLc");
    }

    @Test
    void whereTheLibraryDoesNotLoadTheJdkGoesOn() throws Exception {
        assertThat(providerOf("-Dcom.amazon.corretto.crypto.provider.useExternalLib=true"))
                .isEqualTo(SUN);
    }

    /** Which provider signs and verifies in a process of its own, since the choice is for good. */
    private static String providerOf(String option) throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        option,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Chosen.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = process.inputReader(UTF_8)) {
            return String.valueOf(output.readLine());
        }
    }

    /** Prints the provider. */
    static final class Chosen {
        private Chosen() {}

        public static void main(String... arguments) throws Exception {
            AwsLc.prefer();
            var ca = new Pki().root("CA", KeyAlgorithm.P_256).certificate();
            ca.verify(ca.getPublicKey());
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initVerify(ca.getPublicKey());
            System.out.println(signature.getProvider().getName());
        }
    }
}
