package dev.berth.api.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.identity.ChainVerdict;
import dev.berth.identity.DeviceIdentity;
import dev.berth.identity.PresentedChain;
import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstance;
import dev.berth.inventory.DpsInstanceId;
import dev.berth.inventory.Limits;
import dev.berth.provisioning.IdScopeAnswer;
import dev.berth.provisioning.RegistrationReport;
import dev.berth.provisioning.ReportAnswer;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Judge and provisioner that do as the test says. */
final class ListenerScript implements ChainJudge, Provisioner {
    static final DpsInstance INSTANCE = new DpsInstance(
            new DpsInstanceId(new TenantId("contoso"), "dps-1"),
            "0ne00000001",
            "global.azure-devices-provisioning.net",
            "dps-1.azure-devices-provisioning.net",
            null,
            null,
            null,
            Limits.DPS,
            1,
            DpsInstance.State.ACTIVE);

    final List<List<X509Certificate>> judged = new CopyOnWriteArrayList<>();
    final List<Boolean> registerAgain = new CopyOnWriteArrayList<>();
    final List<RegistrationReport> reports = new CopyOnWriteArrayList<>();
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    volatile @Nullable ChainVerdict verdict;
    volatile IdScopeAnswer answer = new IdScopeAnswer.Register(
            INSTANCE,
            1,
            Instant.parse("2026-11-21T10:00:00.250Z"),
            Duration.ofNanos(1_234_000_001),
            Duration.ofMillis(700));
    volatile boolean fault;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private final Semaphore held = new Semaphore(0);

    void hold() {
        gate = new CountDownLatch(1);
        held.drainPermits();
    }

    void release() {
        gate.countDown();
    }

    /** Waits for one more request to be held. */
    void awaitHeld() throws InterruptedException {
        assertThat(held.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public ChainVerdict judge(PresentedChain chain) {
        judged.add(chain.certificates());
        var said = verdict;
        if (said != null) {
            return said;
        }
        var name = chain.certificates()
                .getFirst()
                .getSubjectX500Principal()
                .getName()
                .replace("CN=", "");
        return new ChainVerdict.Trusted(
                new DeviceIdentity(new TenantId("contoso"), "factory", new RegistrationId(name), "00"));
    }

    @Override
    public IdScopeAnswer idScope(DeviceIdentity device, boolean again) {
        registerAgain.add(again);
        if (!Thread.currentThread().isVirtual()) {
            failures.add(new AssertionError("the event loop was blocked"));
        }
        if (fault) {
            throw new IllegalStateException("secret");
        }
        held.release();
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return answer;
    }

    @Override
    public ReportAnswer report(DeviceIdentity device, RegistrationReport report) {
        reports.add(report);
        return new ReportAnswer.NotTold();
    }
}
