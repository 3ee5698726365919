package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulateCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void writesTheFiguresUnderTheirPinnedNames() throws IOException {
        JsonNode figures = json("--devices 900 --instances 3 --replicas 2 --shape black-friday --lost 0.1 --seed 5");

        assertThat(names(figures))
                .containsExactly(
                        "devices",
                        "lost",
                        "instances",
                        "replicas",
                        "shape",
                        "policy",
                        "seed",
                        "makespanSeconds",
                        "idealSeconds",
                        "nominalSeconds",
                        "throttled",
                        "worstWindow",
                        "limitPerMinute",
                        "budgetUse",
                        "callsPerDevice",
                        "storeWritesPerRegistration",
                        "deviceWritesPerRegistration",
                        "waitSeconds",
                        "jain",
                        "wallSeconds",
                        "tenants",
                        "jainTenants");
        assertThat(names(figures.get("waitSeconds"))).containsExactly("p50", "p99", "max");
        assertThat(figures.get("shape").asText()).isEqualTo("black-friday");
        assertThat(figures.get("policy").asText()).isEqualTo("berth");
        assertThat(figures.get("lost").asInt()).isEqualTo(90);
        assertThat(figures.get("seed").asLong()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "--shape, blackout",
        "--shape, reassigned",
        "--shape, black-friday",
        "--shape, update-wave",
        "--shape, poisson",
        "--spread, direct",
        "--spread, proxy",
        "--window, sliding",
        "--window, fixed",
        "--window, bucket",
        "--policy, berth",
        "--policy, jitter",
        "--policy, full-jitter",
        "--policy, least-loaded",
        "--policy, fixed-window"
    })
    void takesEachOfThePinnedValues(String option, String value) {
        assertThat(run("--devices 50 --instances 2 --replicas 2 " + option + " " + value))
                .isZero();
    }

    @Test
    void tellsHowEachTenantFared() throws IOException {
        JsonNode tenants =
                json("--devices 1000 --instances 1 --tenants 9,1 --weights 1,3").get("tenants");

        assertThat(tenants).hasSize(2);
        assertThat(names(tenants.get(0)))
                .containsExactly("name", "devices", "weight", "toldWhileAllWaited", "waitSeconds");
        assertThat(tenants.get(0).get("devices").asInt()).isBetween(850, 950);
        assertThat(tenants.get(1).get("weight").asInt()).isEqualTo(3);
        assertThat(out.toString()).contains("tenant-1", "tenant-2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "crash@10s",
                "crash@10s/5s",
                "pause@10s/1m",
                "cut@10s/1m",
                "clock@10s/1m",
                "clock:-5s@10s/1m",
                "outage@10s/20s",
                "limit:50@10s/1m30s",
                "limit:2000@10s",
                "join@10s",
                "drain@10s",
                "drain@10s/1m"
            })
    void servesEveryDeviceWhateverDisturbs(String disturbance) throws IOException {
        JsonNode figures = json("--devices 900 --instances 2 --replicas 3 --limit 300 --disturb " + disturbance);

        assertThat(figures.get("throttled").asInt()).isZero();
        assertThat(figures.get("waitSeconds").get("max").asDouble()).isPositive();
        assertThat(out.toString()).contains("1 disturbance");
    }

    @Test
    void disturbancesBefallReplicasAndInstancesInTurn() {
        assertThat(run(
                        "--devices 300 --instances 2 --replicas 2 --disturb drain@1s --disturb join@2s --disturb drain@3s"
                                + " --disturb pause@1s --disturb pause@1s --disturb pause@1s"))
                .isZero();
    }

    @Test
    void comparesAllPoliciesInOneTable() throws IOException {
        JsonNode results = json("--devices 300 --instances 1 --compare").get("results");

        assertThat(results).hasSize(5);
        assertThat(out.toString()).contains("berth", "jitter", "full-jitter", "least-loaded", "fixed-window");
    }

    @Test
    void findsHowManyInstancesATargetNeeds() throws IOException {
        JsonNode figures = json("--devices 6000 --target 2m");

        assertThat(figures.get("instances").asInt()).isEqualTo(4);
        assertThat(figures.get("makespanSeconds").asDouble()).isLessThan(120);
        assertThat(out.toString()).contains("1 subscription;");
    }

    @Test
    void drawsAChart() {
        Path chart = folder.resolve("fleet.svg");

        assertThat(run("--devices 300 --instances 2 --chart " + chart)).isZero();

        assertThat(chart).content().startsWith("<svg");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--devices 0",
                "--devices many",
                "--instances 0",
                "--replicas 0",
                "--lost 1",
                "--lost -0.1",
                "--lost NaN",
                "--limit 0",
                "--shape stampede",
                "--policy hope",
                "--target soon",
                "--target 0s",
                "--target 1ms",
                "--devices 2000001 --instances 2",
                "--over -5m",
                "--tenants 9,0",
                "--tenants 9,few",
                "--tenants 9,1 --weights 1",
                "--tenants 9,1 --weights 1,0",
                "--tenants ,",
                "--disturb rain@5m",
                "--disturb crash",
                "--disturb crash@",
                "--disturb crash@soon",
                "--disturb crash@-5m",
                "--disturb crash@8d",
                "--disturb crash@200h",
                "--disturb crash@5m/200h",
                "--disturb crash@5m/",
                "--disturb crash:3@5m",
                "--disturb join@5m/1m",
                "--disturb limit@5m",
                "--disturb limit:0@5m",
                "--disturb limit:many@5m",
                "--disturb clock:late@5m",
                "--disturb clock:9000h@5m",
                "--instances 2 --disturb drain@5m --disturb drain@5m",
                "--compare --disturb crash@5m",
                "--policy jitter --disturb crash@5m"
            })
    void refusesAsUsageWhatMakesNoSense(String arguments) {
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(err.toString()).isNotBlank().doesNotContain("Exception");
    }

    private JsonNode json(String arguments) throws IOException {
        Path file = folder.resolve("figures.json");
        assertThat(run(arguments + " --json " + file)).isZero();
        return new JsonMapper().readTree(file.toFile());
    }

    private int run(String arguments) {
        var words = new ArrayList<>(List.of("simulate"));
        words.addAll(List.of(arguments.split(" ", -1)));
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(words.toArray(String[]::new));
    }

    private static List<String> names(JsonNode node) {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
