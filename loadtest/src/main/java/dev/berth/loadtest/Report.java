package dev.berth.loadtest;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is said at the end: each goal with its figure, and where the curves are. */
record Report(Scenario scenario, Fleet fleet, Path folder, PrintWriter out) {

    /** The exit code: 0 if there are curves to look at. */
    int write(boolean ended) throws IOException {
        var page = page();
        if (!ended || page.isEmpty()) {
            throw new IOException("the run did not come to its end; what there is of it: " + folder);
        }
        var lines = lines();
        Files.write(page.getFirst().resolveSibling("goals.txt"), lines);
        lines.forEach(out::println);
        out.println("report: " + page.getFirst());
        out.flush();
        return 0;
    }

    private List<String> lines() {
        var goals = new Goals(scenario, fleet);
        var lines = new ArrayList<String>();
        lines.add(scenario + ": " + scenario.says());
        goals.all().forEach(goal -> lines.add(goal.toString()));
        goals.counts().forEach(count -> lines.add("  " + count));
        goals.wrong().forEach(answer -> lines.add("  answered: " + answer));
        long missed = goals.all().stream().filter(goal -> !goal.met()).count();
        lines.add(
                missed == 0
                        ? "  every goal was met"
                        : "  %d of %d goals were missed"
                                .formatted(missed, goals.all().size()));
        return lines;
    }

    private List<Path> page() throws IOException {
        try (var files = Files.find(folder, 2, (file, _) -> file.endsWith("index.html"))) {
            return files.toList();
        }
    }
}
