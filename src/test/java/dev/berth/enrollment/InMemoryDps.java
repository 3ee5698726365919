package dev.berth.enrollment;

import dev.berth.enrollment.DpsServiceException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one DPS instance holds, in memory: conditional writes, pages, and faults on demand. */
public final class InMemoryDps implements DpsService {
    private final Map<String, RemoteGroup> groups = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, Map<String, RemoteRegistration>> registrations = new TreeMap<>();
    private final List<String> calls = new ArrayList<>();
    private Consumer<String> before = call -> {};
    private Consumer<String> after = call -> {};
    private long version;

    /** Runs before each call takes effect; what it throws, the caller gets, and nothing happens. */
    public void before(Consumer<String> hook) {
        before = hook;
    }

    /** Runs after each call has taken effect; what it throws, the caller gets in place of the answer. */
    public void after(Consumer<String> hook) {
        after = hook;
    }

    /** What was called, as {@code method id}. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** What was called and changes something. */
    public List<String> writes() {
        return calls.stream()
                .filter(call -> !call.startsWith("find") && !call.startsWith("list"))
                .toList();
    }

    public List<RemoteGroup> groups() {
        return List.copyOf(groups.values());
    }

    /** Puts a group there as somebody else would, whatever its etag. */
    public void place(RemoteGroup group) {
        groups.put(group.id(), group.withEtag("e" + ++version));
    }

    /** Deletes a group as somebody else would. */
    public void remove(String groupId) {
        groups.remove(groupId);
    }

    /** Registers a device there. */
    public void register(String groupId, RemoteRegistration registration) {
        registrations.computeIfAbsent(groupId, id -> new TreeMap<>()).put(registration.registrationId(), registration);
    }

    static DpsServiceException fault(Kind kind) {
        return new DpsServiceException(kind, "as the test wants it: " + kind, null);
    }

    @Override
    public Optional<RemoteGroup> findGroup(String groupId) {
        begin("findGroup " + groupId);
        return Optional.ofNullable(groups.get(groupId));
    }

    @Override
    public GroupWrite putGroup(RemoteGroup group) {
        begin("putGroup " + group.id());
        var existing = groups.get(group.id());
        if (existing == null
                ? group.etag() != null
                : !Optional.ofNullable(existing.etag()).equals(Optional.ofNullable(group.etag()))) {
            return new GroupWrite.Stale();
        }
        var written = group.withEtag("e" + ++version);
        groups.put(group.id(), written);
        after.accept("putGroup " + group.id());
        return new GroupWrite.Written(written);
    }

    @Override
    public Deletion deleteGroup(String groupId, String etag) {
        begin("deleteGroup " + groupId);
        var existing = groups.get(groupId);
        if (existing == null) {
            return Deletion.MISSING;
        }
        if (!etag.equals(existing.etag())) {
            return Deletion.STALE;
        }
        groups.remove(groupId);
        after.accept("deleteGroup " + groupId);
        return Deletion.DELETED;
    }

    @Override
    public RemotePage<RemoteGroup> listGroups(int limit, @Nullable String continuation) {
        begin("listGroups");
        return page(List.copyOf(groups.values()), limit, continuation);
    }

    @Override
    public RemotePage<RemoteRegistration> listRegistrations(String groupId, int limit, @Nullable String continuation) {
        begin("listRegistrations " + groupId);
        return page(List.copyOf(registrations.getOrDefault(groupId, Map.of()).values()), limit, continuation);
    }

    @Override
    public Optional<RemoteRegistration> findRegistration(String registrationId) {
        begin("findRegistration " + registrationId);
        return registrations.values().stream()
                .filter(of -> of.containsKey(registrationId))
                .map(of -> of.get(registrationId))
                .findFirst();
    }

    @Override
    public Deletion deleteRegistration(String registrationId, @Nullable String etag) {
        begin("deleteRegistration " + registrationId);
        return registrations.values().stream().anyMatch(of -> of.remove(registrationId) != null)
                ? Deletion.DELETED
                : Deletion.MISSING;
    }

    @Override
    public long operations() {
        return calls.size();
    }

    private void begin(String call) {
        before.accept(call);
        calls.add(call);
    }

    private static <T> RemotePage<T> page(List<T> all, int limit, @Nullable String continuation) {
        int from = continuation == null ? 0 : Integer.parseInt(continuation);
        int to = Math.min(all.size(), from + limit);
        return new RemotePage<>(all.subList(from, to), to < all.size() ? Integer.toString(to) : null);
    }
}
