package dev.berth.region;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.region.Testimony.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClaimJudgeTest {
    private static final TenantId TENANT = new TenantId("contoso");
    private static final RegionId EAST = new RegionId("eastus");
    private static final RegionId WEST = new RegionId("westeurope");
    private static final Instant START = Instant.parse("2027-01-01T00:00:00Z");
    private static final Duration SETTLE_AFTER = Duration.ofMinutes(1);
    private static final Instant LATER = START.plus(SETTLE_AFTER);
    private static final RegionClaim FIRST = claim(1, EAST, "dps-east", 0);
    private static final RegionClaim SECOND = claim(1, WEST, "dps-west", 1);

    private final ClaimJudge judge = new ClaimJudge(SETTLE_AFTER);

    @Test
    void aClaimAloneIsAgreed() {
        assertThat(verdict(held(FIRST), LATER, absent(FIRST))).isEqualTo(new Verdict.Agreed());
    }

    @Test
    void twoRegionsThatSaidTheSameAgree() {
        var same = claim(1, WEST, "dps-east", 1);
        assertThat(verdict(held(FIRST), LATER, absent(FIRST), absent(same))).isEqualTo(new Verdict.Agreed());
    }

    @Test
    void whomDpsConfirmsWins() {
        assertThat(verdict(held(FIRST), LATER, absent(FIRST), confirmed(SECOND)))
                .isEqualTo(new Verdict.Decided(SECOND, List.of(FIRST)));
    }

    @Test
    void otherwiseTheEarlierWins() {
        assertThat(verdict(held(SECOND), LATER, absent(SECOND), absent(FIRST)))
                .isEqualTo(new Verdict.Decided(FIRST, List.of(SECOND)));
        assertThat(verdict(held(SECOND), LATER, confirmed(SECOND), confirmed(FIRST)))
                .isEqualTo(new Verdict.Decided(FIRST, List.of(SECOND)));
    }

    @Test
    void ofTwoAtTheSameInstantTheNameOfTheRegionDecidesInWhateverOrderTheyAreSeen() {
        var west = claim(1, WEST, "dps-west", 0);
        var seen = new ArrayList<>(List.of(absent(west), absent(FIRST)));
        var once = judge.judge(held(west), seen, _ -> false, LATER);
        Collections.reverse(seen);
        assertThat(judge.judge(held(west), seen, _ -> false, LATER)).isEqualTo(once);
        assertThat(once).isEqualTo(new Verdict.Decided(FIRST, List.of(west)));
    }

    @Test
    void nothingIsDecidedWhileSomebodyWhoWasToldMayStillRegister() {
        var justBefore = LATER.minusMillis(1);
        assertThat(verdict(held(FIRST), justBefore, absent(FIRST), absent(SECOND)))
                .isEqualTo(new Verdict.Pending());
        var freshSlot = new ClaimJudge.Held(1, FIRST.instance(), START.plusMillis(1));
        assertThat(verdict(freshSlot, LATER, absent(FIRST), absent(SECOND))).isEqualTo(new Verdict.Pending());
    }

    @Test
    void nothingIsDecidedWhileAnInstanceCannotBeAsked() {
        assertThat(verdict(held(FIRST), LATER, confirmed(FIRST), new Testimony(SECOND, Registration.UNKNOWN)))
                .isEqualTo(new Verdict.Pending());
    }

    @Test
    void aDocumentThatFellBehindItsClaimsIsBroughtUp() {
        var next = claim(2, EAST, "dps-west", 1);
        assertThat(verdict(held(FIRST), LATER, absent(FIRST), absent(SECOND), absent(next)))
                .isEqualTo(new Verdict.Behind(next));
    }

    @Test
    void aClaimThatComesToLightAfterTheVerdictLosesWhateverItSaysAndOnce() {
        var next = claim(2, EAST, "dps-east", 1);
        var testimonies = List.of(absent(FIRST), confirmed(SECOND), absent(next));
        assertThat(judge.judge(held(next), testimonies, _ -> false, LATER))
                .isEqualTo(new Verdict.Late(List.of(SECOND)));
        assertThat(judge.judge(held(next), testimonies, Set.of(SECOND)::contains, LATER))
                .isEqualTo(new Verdict.Agreed());
    }

    private Verdict verdict(ClaimJudge.Held held, Instant now, Testimony... testimonies) {
        return judge.judge(held, List.of(testimonies), _ -> false, now);
    }

    private static ClaimJudge.Held held(RegionClaim claim) {
        return new ClaimJudge.Held(claim.generation(), claim.instance(), claim.slot());
    }

    private static Testimony absent(RegionClaim claim) {
        return new Testimony(claim, Registration.ABSENT);
    }

    private static Testimony confirmed(RegionClaim claim) {
        return new Testimony(claim, Registration.CONFIRMED);
    }

    private static RegionClaim claim(long generation, RegionId region, String instance, int secondsAfter) {
        return new RegionClaim(
                new RegionClaim.Subject(TENANT, new RegistrationId("device-1"), generation),
                region,
                EAST,
                new DpsInstanceId(TENANT, instance),
                START,
                0,
                START.minusSeconds(10L - secondsAfter));
    }
}
