package dev.berth.sandbox;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a demo measured; the file that {@code --json} names holds it.
 *
 * @param assigned devices that were told an instance
 * @param elapsedSeconds from the first ask to the arrival of the last accepted register request at the emulator
 * @param idealSeconds how long it takes when no slot is lost
 * @param sdkDevices how many of them registered with the official SDK
 * @param instances as the emulator counted, not Berth
 */
public record DemoResult(
        int devices,
        int assigned,
        int registered,
        int failed,
        double elapsedSeconds,
        double idealSeconds,
        int sdkDevices,
        long seed,
        List<Instance> instances) {
    private static final double USE_MIN = 0.9;
    private static final double MINUTE_SECONDS = 60;

    /** One DPS instance. */
    public record Instance(
            String name,
            String idScope,
            int limitPerMinute,
            long registrations,
            int worstSlidingMinute,
            long throttled) {
        double use() {
            return (double) worstSlidingMinute / limitPerMinute;
        }
    }

    @JsonIgnore
    long throttled() {
        return instances.stream().mapToLong(Instance::throttled).sum();
    }

    /** Which of Berth's promises this run broke. */
    public List<String> brokenPromises() {
        var broken = new ArrayList<String>();
        if (registered < devices) {
            broken.add("%,d of %,d devices did not register".formatted(devices - registered, devices));
        }
        instances.stream().flatMap(this::brokenAt).forEach(broken::add);
        return broken;
    }

    private Stream<String> brokenAt(Instance instance) {
        var broken = new ArrayList<String>();
        if (instance.throttled() > 0) {
            broken.add("%s answered 429 %,d times".formatted(instance.name(), instance.throttled()));
        }
        if (instance.worstSlidingMinute() > instance.limitPerMinute()) {
            broken.add("%s saw %,d registrations in a minute, its limit is %,d"
                    .formatted(instance.name(), instance.worstSlidingMinute(), instance.limitPerMinute()));
        }
        if (idealSeconds >= MINUTE_SECONDS && instance.use() < USE_MIN) {
            broken.add("%s was used to %.1f %% of its limit only".formatted(instance.name(), 100 * instance.use()));
        }
        return broken.stream();
    }
}
