package dev.berth.identity;

import static dev.berth.identity.ChainFixture.CONTOSO;
import static dev.berth.identity.ChainFixture.FABRIKAM;
import static dev.berth.identity.ChainFixture.LINE;
import static dev.berth.identity.ChainFixture.NOW;
import static dev.berth.identity.ChainFixture.PKI;
import static dev.berth.identity.ChainFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.identity.PossessionProof.Outcome.NotProven;
import dev.berth.identity.PossessionProof.Outcome.Proven;
import dev.berth.pki.KeyAlgorithm;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PossessionProofTest {
    private static final TrustAnchor PENDING = TrustAnchor.unproven(CONTOSO, "root", ROOT.certificate());

    private final PossessionProof.Challenge challenge = PossessionProof.challenge(PENDING, new SecureRandom(), NOW);

    @ParameterizedTest
    @EnumSource
    void provesTheKeyThatSignsTheCode(KeyAlgorithm algorithm) {
        var root = PKI.root("Root", algorithm);
        var waiting = PossessionProof.challenge(
                TrustAnchor.unproven(CONTOSO, "root", root.certificate()), new SecureRandom(), NOW);

        var outcome = PossessionProof.judge(waiting.anchor(), PKI.proof(root, waiting.code()), NOW);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Proven.class,
                        proven -> assertThat(proven.anchor().possession()).isEqualTo(new Possession.Proven(NOW)));
    }

    @Test
    void codesHave256BitsAndNeverRepeat() {
        var other = PossessionProof.challenge(PENDING, new SecureRandom(), NOW);

        assertThat(challenge.code()).matches("[0-9a-f]{64}").isNotEqualTo(other.code());
    }

    @Test
    void keepsNoCodeAndShowsNone() {
        assertThat(challenge.toString()).doesNotContain(challenge.code());
        assertThat(challenge.anchor().possession())
                .isInstanceOfSatisfying(
                        Possession.Challenged.class,
                        waiting -> assertThat(waiting.codeHash()).isNotEqualTo(challenge.code()));
        assertThat(challenge.anchor().possession().toString()).doesNotContain("codeHash");
    }

    @Test
    void refusesAnotherKey() {
        assertNotProven(PossessionProof.judge(challenge.anchor(), PKI.proof(LINE, challenge.code()), NOW), "signed");
    }

    @Test
    void refusesAnotherCode() {
        var other = PossessionProof.challenge(PENDING, new SecureRandom(), NOW);

        assertNotProven(PossessionProof.judge(challenge.anchor(), PKI.proof(ROOT, other.code()), NOW), "common name");
    }

    @Test
    void refusesACodeThatHasExpired() {
        var proof = PKI.proof(ROOT, challenge.code());
        var end = NOW.plus(PossessionProof.VALID_FOR);

        assertThat(PossessionProof.judge(challenge.anchor(), proof, end.minusMillis(1)))
                .isInstanceOf(Proven.class);
        assertNotProven(PossessionProof.judge(challenge.anchor(), proof, end), "expired");
    }

    @Test
    void refusesACodeOnceItIsUsed() {
        var proof = PKI.proof(ROOT, challenge.code());
        var proven = (Proven) PossessionProof.judge(challenge.anchor(), proof, NOW);

        assertNotProven(PossessionProof.judge(proven.anchor(), proof, NOW), "used up");
    }

    @Test
    void refusesTheCodeOfAnotherTenantOrAnotherAnchorOfTheSameKey() {
        var proof = PKI.proof(ROOT, challenge.code());
        var waiting = challenge.anchor().possession();

        assertNotProven(
                PossessionProof.judge(new TrustAnchor(FABRIKAM, "root", ROOT.certificate(), waiting), proof, NOW),
                "common name");
        assertNotProven(
                PossessionProof.judge(new TrustAnchor(CONTOSO, "other", ROOT.certificate(), waiting), proof, NOW),
                "common name");
    }

    @Test
    void refusesAProofNobodyAskedFor() {
        assertNotProven(PossessionProof.judge(PENDING, PKI.proof(ROOT, challenge.code()), NOW), "asked for");
    }

    private static void assertNotProven(PossessionProof.Outcome outcome, String word) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        NotProven.class, not -> assertThat(not.detail()).contains(word));
    }
}
