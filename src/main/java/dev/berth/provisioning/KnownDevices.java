package dev.berth.provisioning;

import dev.berth.identity.RegistrationId;
import dev.berth.identity.TenantId;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What this replica heard last of devices, for the time when the store cannot be read. Never asked instead of the store.
 *
 * <p>The naive way keeps whatever a call returned last. Its flaw is that calls overlap: a read that began before a write may return after it,
 * and would bring back what this replica itself has replaced. So each call is noted with the ticks between which it ran, and only one that
 * began after another had ended is believed to have seen the later document ({@link Heard}). What is in doubt is not repeated.
 *
 * <p>Bounded in number, and what was heard longest ago goes first. A read might outlast the memory of a later write, too; so each part also
 * remembers up to when it has forgotten, and believes nothing that began before that. Parts have a lock each, held for a few moves in a map: devices do
 * not wait for each other.
 */
public final class KnownDevices {
    private static final int PARTS_MAX = 64;
    private static final int PER_PART_MIN = 64;

    /** 2^32 divided by the golden ratio: its products spread over all bits. */
    private static final int SPREAD = 0x9E3779B9;

    private final Limits limits;
    private final LongSupplier ticker;
    private final Part[] parts;

    /**
     * How much is remembered.
     *
     * @param countMax devices; 0: none
     * @param ageMax for how long after it was heard something is repeated
     */
    public record Limits(int countMax, Duration ageMax) {
        /** Some gigabytes. */
        static final int COUNT_MAX = 10_000_000;

        /** Who was not heard for a day is not known. */
        static final Duration AGE_MAX = Duration.ofDays(1);

        public static final Limits NONE = new Limits(0, Duration.ofMinutes(15));

        public Limits {
            if (countMax < 0 || countMax > COUNT_MAX) {
                throw new IllegalArgumentException("count-max is between 0 and " + COUNT_MAX);
            }
            if (!ageMax.isPositive() || ageMax.compareTo(AGE_MAX) > 0) {
                throw new IllegalArgumentException("age-max is more than nothing and at most a day");
            }
        }
    }

    /** @param ticker nanoseconds that only ever count up */
    public KnownDevices(Limits limits, LongSupplier ticker) {
        this.limits = limits;
        this.ticker = ticker;
        int count = Math.clamp(limits.countMax() / PER_PART_MIN, 1, PARTS_MAX);
        this.parts = IntStream.range(0, count)
                .mapToObj(part -> new Part((limits.countMax() + part) / count)) // together exactly countMax
                .toArray(Part[]::new);
    }

    /** Remembers nothing. */
    public static KnownDevices none() {
        return new KnownDevices(Limits.NONE, () -> 0);
    }

    public boolean isOff() {
        return limits.countMax() == 0;
    }

    /** How many devices take room now. */
    public int count() {
        return Arrays.stream(parts).mapToInt(Part::count).sum();
    }

    /** To be taken before a call of the store, and given back with what it told. */
    long tick() {
        return ticker.getAsLong();
    }

    /** A call that began at {@code began} has told that the document stands like this. */
    void heard(Device device, String version, long began) {
        var heard = new Heard(began, tick(), version, KnownDevice.of(device).orElse(null));
        String key = key(device.origin(), device.registrationId());
        switch (device.state()) {
            case DeviceState.Bound _ -> part(key).note(key, heard);
            case DeviceState.Waiting _ -> part(key).noteIfKnown(key, heard); // nobody can have seen it told before
        }
    }

    /** A call that began at {@code began} has told that there may be another document, and not which. */
    void doubted(TenantId origin, RegistrationId registrationId, long began) {
        String key = key(origin, registrationId);
        part(key).note(key, new Heard(began, tick(), null, null));
    }

    /** A call that began at {@code began} has told that there is no document. */
    void missed(TenantId origin, RegistrationId registrationId, long began) {
        String key = key(origin, registrationId);
        part(key).noteIfKnown(key, new Heard(began, tick(), null, null));
    }

    /** What was heard of the device, unless that is too long ago. */
    Optional<KnownDevice> recall(TenantId origin, RegistrationId registrationId) {
        String key = key(origin, registrationId);
        return Optional.ofNullable(part(key).find(key))
                .filter(heard -> tick() - heard.began() <= limits.ageMax().toNanos())
                .map(Heard::device);
    }

    /** By the upper bits of the mixed hash: the map inside goes by the lower ones. */
    private Part part(String key) {
        int mixed = key.hashCode() * SPREAD;
        return parts[(mixed >>> Character.SIZE) % parts.length];
    }

    /** Neither tenants nor registration IDs have a slash. */
    private static String key(TenantId origin, RegistrationId registrationId) {
        return origin.value() + '/' + registrationId.value();
    }

    /** Some of the devices, in the order in which they were heard. */
    private static final class Part {
        private final int countMax;
        private final LinkedHashMap<String, Heard> devices = new LinkedHashMap<>();
        private long forgottenUntil = Long.MIN_VALUE;

        Part(int countMax) {
            this.countMax = countMax;
        }

        synchronized void note(String key, Heard heard) {
            Heard known = devices.remove(key);
            Heard next = known == null ? heard : known.and(heard);
            devices.putLast(key, next.began() > forgottenUntil ? next : next.unsure());
            if (devices.size() > countMax) {
                forgottenUntil = Math.max(
                        forgottenUntil, devices.pollFirstEntry().getValue().ended());
            }
        }

        /** What takes no room of its own. */
        synchronized void noteIfKnown(String key, Heard heard) {
            if (devices.containsKey(key)) {
                note(key, heard);
            }
        }

        synchronized @Nullable Heard find(String key) {
            return devices.get(key);
        }

        synchronized int count() {
            return devices.size();
        }
    }
}
