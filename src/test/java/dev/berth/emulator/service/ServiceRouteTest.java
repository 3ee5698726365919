package dev.berth.emulator.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.emulator.enrollment.EnrollmentKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths as clients write them, and paths that nobody should. */
class ServiceRouteTest {
    @Test
    void letterCaseAndASlashAtTheEndDoNotMatter() {
        assertThat(ServiceRoute.of("POST", "/ENROLLMENTS/"))
                .isEqualTo(new ServiceRoute.Found(new ServiceCall.Bulk(EnrollmentKind.INDIVIDUAL)));
        assertThat(ServiceRoute.of("POST", "/enrollmentgroups/Fleet/AttestationMechanism"))
                .isEqualTo(new ServiceRoute.Found(new ServiceCall.GetAttestation(EnrollmentKind.GROUP, "Fleet")));
    }

    @Test
    void anIdMayBeEscapedAndMayBeCalledQuery() {
        assertThat(ServiceRoute.of("GET", "/enrollments/a%3Ab+c"))
                .isEqualTo(new ServiceRoute.Found(new ServiceCall.GetEnrollment(EnrollmentKind.INDIVIDUAL, "a:b+c")));
        assertThat(ServiceRoute.of("GET", "/enrollmentGroups/query"))
                .isEqualTo(new ServiceRoute.Found(new ServiceCall.GetEnrollment(EnrollmentKind.GROUP, "query")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "//", "*", "/enrollments/%zz", "/enrollments//", "/registrations/%", "/x"})
    void anythingElseIsUnknown(String path) {
        assertThat(ServiceRoute.of("GET", path)).isEqualTo(new ServiceRoute.Unknown());
    }
}
