package dev.berth.emulator.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.emulator.instance.Arrival;
import dev.berth.emulator.instance.EmulatedInstance;
import dev.berth.emulator.instance.SecondRates;
import dev.berth.emulator.json.Json;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What the last two minutes were like, of one instance or of all of them. */
final class Recent {
    private static final Comparator<Seen> NEWEST_FIRST =
            Comparator.comparing((Seen seen) -> seen.arrival().time()).reversed();

    private Recent() {}

    private record Seen(EmulatedInstance instance, Arrival arrival) {}

    /** Requests of each complete second, oldest first. */
    static ObjectNode rates(Collection<EmulatedInstance> instances) {
        var rates = instances.stream()
                .map(instance -> instance.registrations().rates())
                .toList();
        var body = Json.object();
        var accepted = body.putArray("accepted");
        sums(rates.stream().map(SecondRates::accepted).toList()).forEach(accepted::add);
        var throttled = body.putArray("throttled");
        sums(rates.stream().map(SecondRates::throttled).toList()).forEach(throttled::add);
        return body;
    }

    private static IntStream sums(List<List<Integer>> lists) {
        return IntStream.range(0, lists.getFirst().size())
                .map(second -> lists.stream().mapToInt(list -> list.get(second)).sum());
    }

    /** The newest register requests, newest first, each with its instance. */
    static ObjectNode arrivals(Collection<EmulatedInstance> instances, int limit) {
        var body = Json.object();
        var value = body.putArray("value");
        instances.stream()
                .flatMap(instance ->
                        instance.registrations().arrivals(limit).stream().map(arrival -> new Seen(instance, arrival)))
                .sorted(NEWEST_FIRST)
                .limit(limit)
                .forEach(seen -> value.add(AdminJson.arrival(seen.arrival())
                        .put("idScope", seen.instance().report().idScope())));
        return body;
    }
}
