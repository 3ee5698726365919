package dev.berth.simulation;

import dev.berth.identity.DeviceIdentity;
import dev.berth.identity.RegistrationId;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The devices, by number in the order of their first ask; what is known of each is a few numbers. */
final class Fleet {
    static final String TRUST_ANCHOR = "factory";
    private static final String PREFIX = "device-";
    private static final int NOWHERE = -1;
    private static final int UNREGISTERED = -1;

    private final long[] firstAsk;
    private final int[] instance;
    private final long[] slot;
    private final int[] waitMillis;
    private final boolean[] asked;
    private final boolean[] slept;
    private final @Nullable DeviceIdentity[] identities;
    private final Tenants tenants;

    /** @param firstAsk when each device asks first, in order */
    Fleet(long[] firstAsk, Tenants tenants) {
        this.tenants = tenants;
        this.firstAsk = firstAsk;
        this.instance = new int[firstAsk.length];
        this.slot = new long[firstAsk.length];
        this.waitMillis = new int[firstAsk.length];
        this.asked = new boolean[firstAsk.length];
        this.slept = new boolean[firstAsk.length];
        this.identities = new DeviceIdentity[firstAsk.length];
        Arrays.fill(instance, NOWHERE);
        Arrays.fill(slot, Long.MIN_VALUE);
        Arrays.fill(waitMillis, UNREGISTERED);
    }

    int size() {
        return firstAsk.length;
    }

    long firstAsk(int device) {
        return firstAsk[device];
    }

    /** Notes that the device asks; whether it never did before. */
    boolean asksFirst(int device) {
        boolean first = !asked[device];
        asked[device] = true;
        return first;
    }

    /** Notes that the device sleeps until its slot; whether it never did before. */
    boolean sleepsFirst(int device) {
        boolean first = !slept[device];
        slept[device] = true;
        return first;
    }

    /** Notes what the device was told; whether it is another slot than before. */
    boolean isTold(int device, int toldInstance, long toldSlot) {
        boolean fresh = slot[device] != toldSlot || instance[device] != toldInstance;
        instance[device] = toldInstance;
        slot[device] = toldSlot;
        return fresh;
    }

    /** Where it was told to register. */
    int instance(int device) {
        return instance[device];
    }

    boolean wasTold(int device) {
        return instance[device] != NOWHERE;
    }

    void registeredAt(int device, long nanos) {
        waitMillis[device] = (int) ((nanos - firstAsk[device]) / 1_000_000);
    }

    boolean isRegistered(int device) {
        return waitMillis[device] != UNREGISTERED;
    }

    /** How long those that registered waited for it, in milliseconds, shortest first. */
    int[] sortedWaits() {
        return sortedWaits(device -> true);
    }

    int[] sortedWaits(IntPredicate devices) {
        return IntStream.range(0, size())
                .filter(devices)
                .map(device -> waitMillis[device])
                .filter(wait -> wait != UNREGISTERED)
                .sorted()
                .toArray();
    }

    DeviceIdentity identity(int device) {
        @Nullable DeviceIdentity known = identities[device];
        if (known == null) {
            known = new DeviceIdentity(
                    tenants.id(tenants.of(device)), TRUST_ANCHOR, new RegistrationId(PREFIX + device), "aa");
            identities[device] = known;
        }
        return known;
    }

    static int numberOf(RegistrationId registrationId) {
        String name = registrationId.value();
        return Integer.parseInt(name, PREFIX.length(), name.length(), 10);
    }
}
