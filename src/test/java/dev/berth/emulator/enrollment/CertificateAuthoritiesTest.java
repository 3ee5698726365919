package dev.berth.emulator.enrollment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.emulator.TestPki;
import dev.berth.emulator.protocol.Caps;
import dev.berth.emulator.protocol.Decision;
import dev.berth.emulator.protocol.EtagCondition;
import dev.berth.emulator.protocol.Ticker;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** CAs that are changed while enrollments look at them. */
class CertificateAuthoritiesTest {
    private static final int PATIENCE_SECONDS = 30;

    @Test
    void whoeverReadsTheCasDoesNotWaitForWhoeverRemovesOne() {
        var itself = new CompletableFuture<CertificateAuthorities>();
        var authorities = new CertificateAuthorities(
                List.of(new CertificateAuthority("ca", TestPki.root("Root").certificate(), true)),
                Caps.PUBLISHED,
                Ticker.system(),
                name -> readElsewhere(itself.join()).isEmpty());
        itself.complete(authorities);
        assertThat(authorities.remove("ca", new EtagCondition.None())).isInstanceOf(Decision.Done.class);
    }

    /** As an enrollment that is being written reads them, under a lock that the removal is about to ask for. */
    private static List<CertificateAuthority> readElsewhere(CertificateAuthorities authorities) {
        return CompletableFuture.supplyAsync(authorities::all)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
