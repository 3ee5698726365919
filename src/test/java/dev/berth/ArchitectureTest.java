package dev.berth;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which room may know which: arrows run one way, and the domain knows the JDK only. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.berth");

    private static final String[] DOMAIN = {
        "dev.berth.identity..",
        "dev.berth.inventory..",
        "dev.berth.scheduling..",
        "dev.berth.region..",
        "dev.berth.provisioning..",
        "dev.berth.enrollment..",
        "dev.berth.lifecycle..",
        "dev.berth.explanation..",
        "dev.berth.forecast..",
        "dev.berth.simulation.."
    };

    @Test
    void roomsFormNoCycle() {
        check(slices().matching("dev.berth.(*)..").should().beFreeOfCycles());
    }

    @Test
    void theDomainKnowsTheJdkAndItselfOnly() {
        check(classes()
                .that()
                .resideInAnyPackage(DOMAIN)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(and(
                        DOMAIN, "java..", "javax.security..", "javax.crypto..", "javax.naming..", "org.jspecify..")));
    }

    @Test
    void domainArrowsRunOneWay() {
        knowsNothingOf(
                "dev.berth.identity..",
                "dev.berth.inventory..",
                "dev.berth.scheduling..",
                "dev.berth.region..",
                "dev.berth.provisioning..",
                "dev.berth.enrollment..",
                "dev.berth.lifecycle..");
        knowsNothingOf(
                "dev.berth.inventory..",
                "dev.berth.scheduling..",
                "dev.berth.region..",
                "dev.berth.provisioning..",
                "dev.berth.enrollment..",
                "dev.berth.lifecycle..");
        knowsNothingOf(
                "dev.berth.region..", "dev.berth.provisioning..", "dev.berth.enrollment..", "dev.berth.lifecycle..");
        knowsNothingOf(
                "dev.berth.scheduling..",
                "dev.berth.region..",
                "dev.berth.provisioning..",
                "dev.berth.enrollment..",
                "dev.berth.lifecycle..");
        knowsNothingOf("dev.berth.enrollment..", "dev.berth.provisioning..", "dev.berth.lifecycle..");
        knowsNothingOf("dev.berth.provisioning..", "dev.berth.enrollment..", "dev.berth.lifecycle..");
    }

    @Test
    void onlyTheVerbsKnowTheSimulation() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("dev.berth.simulation..", "dev.berth.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.berth.simulation.."));
    }

    @Test
    void timeAndChanceAreArgumentsInTheDomain() {
        check(noClasses()
                .that()
                .resideInAnyPackage(DOMAIN)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class));
    }

    @Test
    void theEmulatorStandsAlone() {
        check(noClasses()
                .that()
                .resideInAPackage("dev.berth.emulator..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others("dev.berth.emulator..")));
    }

    @Test
    void theEmulatorsRoomsFormNoCycle() {
        check(slices().matching("dev.berth.emulator.(*)..").should().beFreeOfCycles());
        check(noClasses()
                .that()
                .resideInAPackage("dev.berth.emulator.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.berth.emulator"));
    }

    @Test
    void nobodyImportsTheApplicationOrTheVerbs() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("dev.berth.app..", "dev.berth.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.berth.app..", "dev.berth.cli.."));
    }

    @Test
    void adaptersAreChosenByTheApplicationAndMeasuredByTheBenchmarks() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("dev.berth.store.embedded..", "dev.berth.app..", "dev.berth.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.berth.store.embedded.."));
        check(noClasses()
                .that()
                .resideOutsideOfPackages("dev.berth.store.cosmos..", "dev.berth.app..", "dev.berth.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.berth.store.cosmos.."));
    }

    @Test
    void onlyTheCosmosStoreKnowsAzure() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.berth.store.cosmos..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.azure..", "reactor.."));
    }

    @Test
    void onlyTheEmbeddedStoreKnowsItsEngine() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.berth.store.embedded..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.rocksdb.."));
    }

    @Test
    void theOfficialServiceClientStaysBehindItsFence() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage("dev.berth.dps..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.microsoft.azure.sdk.iot.provisioning.service.."));
    }

    @Test
    void theFenceIsChosenByTheApplicationAndMeasuredByTheBenchmarks() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages("dev.berth.dps..", "dev.berth.app..", "dev.berth.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.berth.dps.."));
    }

    @Test
    void nothingIsDecidedByWhatExplainsOrForecasts() {
        for (var room : DOMAIN) {
            if (!room.equals("dev.berth.explanation..") && !room.equals("dev.berth.forecast..")) {
                knowsNothingOf(room, "dev.berth.explanation..", "dev.berth.forecast..");
            }
        }
        knowsNothingOf(
                "dev.berth.forecast..", "dev.berth.provisioning..", "dev.berth.enrollment..", "dev.berth.lifecycle..");
        knowsNothingOf(
                "dev.berth.explanation..", "dev.berth.enrollment..", "dev.berth.lifecycle..", "dev.berth.forecast..");
    }

    private static void knowsNothingOf(String room, String... others) {
        check(noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others));
    }

    private static String[] others(String room) {
        return CLASSES.stream()
                .map(c -> c.getPackageName())
                .distinct()
                .filter(name -> !(name + ".").startsWith(room.substring(0, room.length() - 1)))
                .toArray(String[]::new);
    }

    private static String[] and(String[] first, String... more) {
        return java.util.stream.Stream.concat(java.util.Arrays.stream(first), java.util.Arrays.stream(more))
                .toArray(String[]::new);
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }
}
