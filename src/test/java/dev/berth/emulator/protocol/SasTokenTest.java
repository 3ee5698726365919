package dev.berth.emulator.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shared access signatures as clients write them. */
class SasTokenTest {
    private static final SharedAccessKey KEY = new SharedAccessKey("a2V5a2V5a2V5a2V5a2V5");
    private static final Instant EXPIRY = Instant.ofEpochSecond(1_795_231_188);

    @ParameterizedTest
    @CsvSource({
        "0ne00FAKE01/registrations/sym-001, 0ne00FAKE01/registrations/sym-001",
        "0ne00FAKE01%2Fregistrations%2Fsym-001, 0ne00FAKE01/registrations/sym-001",
        "0ne00FAKE01%2fregistrations%2fsym-001, 0ne00FAKE01/registrations/sym-001",
        "localhost%3A8444, localhost:8444",
        "a+b, a+b",
    })
    void theSignatureIsOverTheResourceAsItWasSent(String sent, String meant) {
        var token =
                SasToken.parse(SasToken.sign(sent, KEY, EXPIRY, "registration")).orElseThrow();
        assertThat(token.signedBy(KEY)).isTrue();
        assertThat(token.resource()).isEqualTo(sent);
        assertThat(token.decodedResource()).isEqualTo(meant);
        assertThat(token.policy()).isEqualTo("registration");
    }

    /** Made with Python's hmac, not with our own code. */
    @Test
    void aTokenOfAnotherProgramIsTaken() {
        var token = SasToken.parse(
                        "SharedAccessSignature sr=0ne00FAKE01%2Fregistrations%2Fsym-001&sig=s5Pxg82%2BvTeVYvCNV377Swf8B8j6P3VEZf%2B4nZEphQQ%3D&se=1795231188&skn=registration")
                .orElseThrow();
        assertThat(token.signedBy(KEY)).isTrue();
    }

    @Test
    void partsComeInAnyOrderAndTheKeyNameMayBeMissingOrEmpty() {
        var signed = SasToken.sign("r", KEY, EXPIRY, "");
        assertThat(SasToken.parse(signed).orElseThrow().policy()).isEmpty();
        var signature = signed.substring(signed.indexOf("sig="), signed.indexOf("&se="));
        var token = SasToken.parse("sharedaccesssignature " + signature + "&se=1795231188&sr=r")
                .orElseThrow();
        assertThat(token.policy()).isEmpty();
        assertThat(token.signedBy(KEY)).isTrue();
    }

    @Test
    void escapesOfTheSignatureMayBeInLowerCaseOrMissing() {
        for (int i = 0; i < 100; i++) {
            var signed = SasToken.sign("r" + i, KEY, EXPIRY, "p");
            assertThat(SasToken.parse(
                            signed.replace("%2F", "%2f").replace("%3D", "%3d").replace("%2B", "%2b")))
                    .get()
                    .matches(token -> token.signedBy(KEY));
            assertThat(SasToken.parse(
                            signed.replace("%2F", "/").replace("%3D", "=").replace("%2B", "+")))
                    .get()
                    .matches(token -> token.signedBy(KEY));
        }
    }

    @Test
    void anotherKeyResourceOrExpiryIsNotSigned() {
        var signed = SasToken.sign("host", KEY, EXPIRY, "p");
        assertThat(SasToken.parse(signed).orElseThrow().signedBy(SharedAccessKey.random()))
                .isFalse();
        assertThat(SasToken.parse(signed.replace("sr=host", "sr=HOST"))
                        .orElseThrow()
                        .signedBy(KEY))
                .isFalse();
        assertThat(SasToken.parse(signed.replace("1795231188", "1795231189"))
                        .orElseThrow()
                        .signedBy(KEY))
                .isFalse();
    }

    @Test
    void itEndsAtItsExpiry() {
        var token = SasToken.parse(SasToken.sign("r", KEY, EXPIRY, "p")).orElseThrow();
        assertThat(token.expired(EXPIRY.minusMillis(1))).isFalse();
        assertThat(token.expired(EXPIRY)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer abc",
                "SharedAccessSignature",
                "SharedAccessSignature sr=r&se=1",
                "SharedAccessSignature sig=YQ%3D%3D&se=1",
                "SharedAccessSignature sr=&sig=YQ%3D%3D&se=1",
                "SharedAccessSignature sr=r&sig=YQ%3D%3D",
                "SharedAccessSignature sr=r&sig=YQ%3D%3D&se=soon",
                "SharedAccessSignature sr=r&sig=YQ%3D%3D&se=-1",
                "SharedAccessSignature sr=r&sig=YQ%3D%3D&se=1234567890123",
                "SharedAccessSignature sr=r&sig=%%%&se=1",
                "SharedAccessSignature sr=%zz&sig=YQ%3D%3D&se=1",
                "SharedAccessSignature sr=r&sr=r&sig=YQ%3D%3D&se=1",
                "SharedAccessSignature sr=r&sig=YQ%3D%3D&se=1&skn"
            })
    void anythingElseIsNoToken(String text) {
        assertThat(SasToken.parse(text)).isEmpty();
    }

    @Test
    void aTokenOverTheMaximumLengthIsNoToken() {
        assertThat(SasToken.parse(SasToken.sign("r".repeat(4_096), KEY, EXPIRY, "p")))
                .isEmpty();
    }

    @Test
    void itDoesNotShowItsSignature() {
        var signed = SasToken.sign("r", KEY, EXPIRY, "p");
        assertThat(SasToken.parse(signed).orElseThrow().toString()).isEqualTo("SasToken[r, p]");
    }
}
