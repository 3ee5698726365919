package dev.berth.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

class ChartTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 12, 13})
    void drawsDevicesQueueAndEachInstanceAgainstItsLimit(int instances) throws Exception {
        SimulationPlan plan =
                Plans.blackout(200 * instances, instances, 2).perMinute(100).plan();
        var simulation = new Simulation(plan);
        SimulationResult result = simulation.run(() -> 0);

        String svg = new Chart(plan, result, simulation.course()).svg();

        Document document = parse(svg);
        assertThat(document.getElementsByTagName("title").getLength()).isEqualTo(1);
        int linesOfInstances = instances <= 12 ? instances : 1;
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(3 + 2 + linesOfInstances + 1);
        assertThat(document.getElementsByTagName("polygon").getLength()).isEqualTo(instances <= 12 ? 0 : 1);
        assertThat(svg).contains("limit of an instance", "since the first ask").doesNotContain("NaN", "Infinity");
    }

    @Test
    void marksWhatDisturbed() throws Exception {
        SimulationPlan plan = Plans.blackout(400, 2, 2)
                .perMinute(100)
                .bearing(
                        new Disturbance.Crash(0, Duration.ofSeconds(30), Duration.ofSeconds(10)),
                        new Disturbance.Join(Duration.ofSeconds(60)),
                        new Disturbance.Drain(1, Duration.ofHours(9), Duration.ofSeconds(10)))
                .plan();
        var simulation = new Simulation(plan);
        SimulationResult result = simulation.run(() -> 0);

        String svg = new Chart(plan, result, simulation.course()).svg();

        parse(svg);
        assertThat(svg).contains("replica 1 dies", "an instance joins").doesNotContain("drains");
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(UTF_8)));
    }
}
