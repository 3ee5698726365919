package dev.berth.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoadTestTest {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    @TempDir
    private Path home;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @EnumSource
    void helpExplainsEachScenario(Scenario scenario) {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains(scenario.toString(), scenario.says());
    }

    @Test
    void listsTheScenariosForWhoeverNamesAnother() {
        assertThat(run("flood")).isEqualTo(USAGE);
        assertThat(err.toString()).contains("flood", "first-boot-storm", "steady-state", "overload");
    }

    @Test
    void callsAnotherMachineOnlyWhenItIsTold() {
        String[] elsewhere = {
            "steady-state", "--url", "https://berth.example.com", "--trust", "ca.pem", "--certificates", "none"
        };

        assertThat(run(elsewhere)).isEqualTo(USAGE);
        assertThat(err.toString()).contains("berth.example.com", "--allow-remote");

        String[] allowed = {
            "steady-state",
            "--allow-remote",
            "--url",
            "https://berth.example.com",
            "--trust",
            "ca.pem",
            "--certificates",
            home.resolve("none").toString()
        };
        assertThat(run(allowed)).as("it is the folder that is missing").isEqualTo(FAILED);
    }

    @Test
    void saysHowManyCertificatesAreMissing() {
        assertThat(run(
                        "overload",
                        "--devices",
                        "100",
                        "--url",
                        "https://localhost",
                        "--trust",
                        "ca.pem",
                        "--certificates",
                        home.toString()))
                .isEqualTo(FAILED);
        assertThat(err.toString()).contains("of 0 devices", "needs 120");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "overload steady-state",
                "overload --devices 0",
                "overload --devices 100001",
                "overload --devices many",
                "overload --seconds 0",
                "overload --trust ca.pem",
                "overload --allow-remote",
                "overload --url http://localhost --trust t --certificates c",
                "overload --url localhost:8443 --trust t --certificates c",
                "overload --url https://localhost --certificates c",
                "overload --url https://localhost --trust t",
                "overload --url https://localhost --trust t --ca c",
                "overload --url https://localhost --trust t --ca c --ca-key k --certificates c",
                "overload --fast"
            })
    void refusesWhatItDoesNotUnderstand(String line) {
        assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(USAGE);
        assertThat(err.toString()).startsWith("berth: ");
    }

    private int run(String... arguments) {
        return LoadTest.commandLine(home)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
