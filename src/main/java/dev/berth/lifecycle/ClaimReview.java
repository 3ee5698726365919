package dev.berth.lifecycle;

import dev.berth.enrollment.DpsServiceException;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.RepositoryUnavailableException;
import dev.berth.inventory.Versioned;
import dev.berth.provisioning.Assignment;
import dev.berth.provisioning.Device;
import dev.berth.provisioning.Devices;
import dev.berth.provisioning.RegistrationReport;
import dev.berth.region.ClaimJudge;
import dev.berth.region.LostClaim;
import dev.berth.region.RegionClaim;
import dev.berth.region.RegionClaims;
import dev.berth.region.RegionClaims.OfDevice;
import dev.berth.region.RegionClaims.StandIn;
import dev.berth.region.RegionEvents;
import dev.berth.region.RegionId;
import dev.berth.region.Testimony;
import dev.berth.region.Verdict;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares what regions claimed for the devices that are at home here, once the home is back and their claims have come, and carries out what
 * {@link ClaimJudge} says.
 *
 * <p>Each step is durable before the next, and whoever finds one done goes on: the claim of the new generation, which nobody can take back; the
 * record of what lost; the device; and in a later round the registrations of losers. Only then the note that there was something to compare is
 * taken away. Several replicas may do this at once: they come to the same verdict, and the claim of the new generation is one.
 */
public final class ClaimReview {
    private static final System.Logger LOG = System.getLogger(ClaimReview.class.getName());

    private final RegionId local;
    private final RegionClaims claims;
    private final Devices devices;
    private final ClaimedRegistrations registrations;
    private final ClaimJudge judge;
    private final InstantSource clock;
    private final RegionEvents events;

    public ClaimReview(
            RegionId local,
            RegionClaims claims,
            Devices devices,
            ClaimedRegistrations registrations,
            ClaimJudge judge,
            InstantSource clock,
            RegionEvents events) {
        this.events = events;
        this.local = local;
        this.claims = claims;
        this.devices = devices;
        this.registrations = registrations;
        this.judge = judge;
        this.clock = clock;
    }

    /** One round over all that is open. What fails stays open for the next. */
    public void run() {
        List<StandIn> noted = claims.standIns(local);
        events.open(noted.size());
        for (StandIn open : noted) {
            try {
                devices.find(open.origin(), open.registrationId()).ifPresent(device -> review(open, device));
            } catch (RepositoryUnavailableException | DpsServiceException later) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "claims of " + open + " could not be compared: " + later.getMessage());
            }
        }
    }

    private void review(StandIn open, Versioned<Device> stored) {
        @Nullable Assignment assignment = stored.value().assignment().orElse(null);
        if (assignment == null) {
            return; // it waits; what it is told next is one more claim
        }
        OfDevice all = claims.of(open.origin(), open.registrationId());
        var held = new ClaimJudge.Held(assignment.generation(), assignment.instance(), assignment.slot());
        Map<DpsInstanceId, ClaimedRegistrations.Sight> sights = sights(all.claims(), stored.value());
        var testimonies = all.claims().stream()
                .map(claim -> new Testimony(claim, sight(sights, claim).registration()))
                .toList();
        if (testimonies.isEmpty()) {
            return; // the note came first
        }
        switch (judge.judge(held, testimonies, claim -> isOnRecord(claim, all), clock.instant())) {
            case Verdict.Pending() -> {}
            case Verdict.Agreed() -> conclude(open, held, all);
            case Verdict.Late(List<RegionClaim> losers) -> {
                putOnRecord(losers, held.instance(), held.generation());
                events.reviewed(RegionEvents.Outcome.LATE);
            }
            case Verdict.Behind(RegionClaim newest) -> {
                if (apply(newest, stored, sight(sights, newest).report())) {
                    events.reviewed(RegionEvents.Outcome.MENDED);
                }
            }
            case Verdict.Decided(RegionClaim winner, List<RegionClaim> losers) -> {
                RegionClaim ruled = claims.stand(successor(winner));
                putOnRecord(losers, ruled.instance(), ruled.generation());
                if (apply(ruled, stored, sight(sights, winner).report())) {
                    events.reviewed(RegionEvents.Outcome.DECIDED);
                }
            }
        }
    }

    /** DPS is asked only where it matters. */
    private Map<DpsInstanceId, ClaimedRegistrations.Sight> sights(List<RegionClaim> all, Device device) {
        var instances = all.stream().map(RegionClaim::instance).distinct().toList();
        return instances.stream()
                .collect(Collectors.toMap(
                        instance -> instance,
                        instance -> instances.size() == 1
                                ? ClaimedRegistrations.Sight.NOT_LOOKED
                                : registrations.look(instance, device)));
    }

    private static ClaimedRegistrations.Sight sight(
            Map<DpsInstanceId, ClaimedRegistrations.Sight> sights, RegionClaim claim) {
        return sights.getOrDefault(claim.instance(), ClaimedRegistrations.Sight.NOT_LOOKED);
    }

    private RegionClaim successor(RegionClaim winner) {
        return new RegionClaim(
                new RegionClaim.Subject(
                        winner.subject().origin(), winner.subject().registrationId(), winner.generation() + 1),
                local,
                winner.home(),
                winner.instance(),
                winner.slot(),
                winner.epoch(),
                clock.instant());
    }

    private void putOnRecord(List<RegionClaim> losers, DpsInstanceId instance, long generation) {
        for (RegionClaim loser : losers) {
            claims.putOnRecord(new LostClaim(loser, instance, generation, clock.instant()));
            LOG.log(
                    System.Logger.Level.WARNING,
                    "region " + loser.region() + " claimed " + loser.instance() + " for a device of " + local
                            + " that is at " + instance + " since generation " + generation + ": "
                            + loser.subject().registrationId());
        }
    }

    /** If somebody else wrote the device meanwhile, the next round finds it behind. */
    private boolean apply(RegionClaim claim, Versioned<Device> stored, @Nullable RegistrationReport report) {
        var assignment = new Assignment(claim.instance(), claim.generation(), claim.slot(), claim.epoch(), null);
        return devices.replace(stored.value().reassigned(assignment, report, clock.instant()), stored.version())
                .isPresent();
    }

    /** What lost is deleted at DPS; a device that registers there once more is found by reconciliation. */
    private void conclude(StandIn open, ClaimJudge.Held held, OfDevice all) {
        boolean compensated = all.lost().stream()
                .map(lost -> lost.claim().instance())
                .filter(instance -> !instance.equals(held.instance()))
                .distinct()
                .allMatch(instance -> registrations.delete(instance, open.registrationId()));
        boolean heard = all.claims().stream().anyMatch(open::isOf);
        if (compensated && heard) {
            claims.close(open);
            if (all.lost().isEmpty()) {
                events.reviewed(RegionEvents.Outcome.AGREED);
            }
        }
    }

    private static boolean isOnRecord(RegionClaim claim, OfDevice all) {
        return all.lost().stream().anyMatch(lost -> lost.claim().equals(claim));
    }
}
