package dev.berth.loadtest;

import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.app.Gatling$;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Simulation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A fleet, as Gatling runs it: each virtual user is one device with a key and connections of its own. */
public final class FleetSimulation extends Simulation {
    private static final Logger PREFERENCES_LOG = Logger.getLogger("java.util.prefs");
    private static final Duration RUN_MAX = Duration.ofMinutes(60);

    /** What the next simulation is about: Gatling makes it by its class name. */
    private static Fleet fleet;

    private static String url;

    /** For Gatling. */
    public FleetSimulation() {
        var protocol = http.acceptHeader("application/json")
                .userAgentHeader("berth-loadtest")
                .perUserKeyManagerFactory(user -> new DeviceKeys(fleet.device(user)))
                .disableWarmUp()
                .disableCaching()
                .disableFollowRedirect();
        setUp(after(fleet.phases())).protocols(protocol).maxDuration(RUN_MAX);
    }

    /** Runs it to its end, and writes the report below {@code reports}. Whether that went well. */
    static boolean run(Fleet fleet, String url, Path reports, String description) {
        keepFromHome(reports);
        FleetSimulation.fleet = fleet;
        FleetSimulation.url = url;
        int status = Gatling$.MODULE$.fromArgs(new String[] {
            "--simulation", FleetSimulation.class.getName(),
            "--results-folder", reports.toString(),
            "--run-description", description
        });
        return status == 0;
    }

    /** Gatling notes down preferences of its user; it is not to do so in the user's home. */
    private static void keepFromHome(Path folder) {
        System.setProperty("java.util.prefs.userRoot", folder.toString());
        PREFERENCES_LOG.setLevel(Level.WARNING);
    }

    private static PopulationBuilder after(List<Phase> phases) {
        var first = population(phases.getFirst());
        var rest = phases.subList(1, phases.size());
        return rest.isEmpty() ? first : first.andThen(after(rest));
    }

    private static PopulationBuilder population(Phase phase) {
        return scenario(phase.name())
                .exec(new DeviceLife(phase, fleet.course(phase), url).chain())
                .injectOpen(phase.arrivals());
    }
}
