package dev.berth.bench;

import dev.berth.enrollment.Attestation;
import dev.berth.enrollment.DpsService;
import dev.berth.enrollment.RemoteGroup;
import dev.berth.enrollment.RemotePage;
import dev.berth.enrollment.RemoteRegistration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A DPS instance with one group of so many registered devices, which it makes up as they are asked for; nothing else can be asked of it. */
final class GeneratedDps implements DpsService {
    static final String HUB = "contoso-1.azure-devices.net";
    private static final String GROUP = "factory";

    private final int devices;
    private final Instant registeredAt;
    private final AtomicLong operations = new AtomicLong();

    GeneratedDps(int devices, Instant registeredAt) {
        this.devices = devices;
        this.registeredAt = registeredAt;
    }

    /** Scattered, as the names of real devices are. */
    static String id(int number) {
        return "device-%016x".formatted(number * 0x9E3779B97F4A7C15L);
    }

    @Override
    public RemotePage<RemoteGroup> listGroups(int limit, @Nullable String continuation) {
        operations.incrementAndGet();
        var attestation = new Attestation.Other("symmetricKey");
        return new RemotePage<>(
                List.of(new RemoteGroup(GROUP, attestation, true, null, List.of(), null, null, null)), null);
    }

    @Override
    public RemotePage<RemoteRegistration> listRegistrations(String groupId, int limit, @Nullable String continuation) {
        operations.incrementAndGet();
        int from = continuation == null ? 0 : Integer.parseInt(continuation);
        int to = Math.min(devices, from + limit);
        var page = new ArrayList<RemoteRegistration>(to - from);
        for (int number = from; number < to; number++) {
            page.add(registration(id(number)));
        }
        return new RemotePage<>(page, to < devices ? Integer.toString(to) : null);
    }

    @Override
    public long operations() {
        return operations.get();
    }

    @Override
    public Optional<RemoteGroup> findGroup(String groupId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public GroupWrite putGroup(RemoteGroup group) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Deletion deleteGroup(String groupId, String etag) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<RemoteRegistration> findRegistration(String registrationId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Deletion deleteRegistration(String registrationId, @Nullable String etag) {
        throw new UnsupportedOperationException();
    }

    private RemoteRegistration registration(String id) {
        return new RemoteRegistration(
                id, RemoteRegistration.Status.ASSIGNED, HUB, id, registeredAt, registeredAt, null, null, null);
    }
}
