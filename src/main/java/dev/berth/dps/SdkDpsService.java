package dev.berth.dps;

import com.microsoft.azure.sdk.iot.provisioning.service.ProvisioningServiceClient;
import com.microsoft.azure.sdk.iot.provisioning.service.Query;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.DeviceRegistrationState;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.EnrollmentGroup;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.QueryResult;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.QuerySpecification;
import com.microsoft.azure.sdk.iot.provisioning.service.exceptions.ProvisioningServiceClientException;
import com.microsoft.azure.sdk.iot.provisioning.service.exceptions.ProvisioningServiceClientNotFoundException;
import com.microsoft.azure.sdk.iot.provisioning.service.exceptions.ProvisioningServiceClientPreconditionFailedException;
import dev.berth.enrollment.DpsService;
import dev.berth.enrollment.DpsServiceException;
import dev.berth.enrollment.RemoteGroup;
import dev.berth.enrollment.RemotePage;
import dev.berth.enrollment.RemoteRegistration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One DPS instance's service API by the official client. */
final class SdkDpsService implements DpsService {
    /** The client puts IDs into the address as they are. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9\\-._:]{1,128}");

    private static final QuerySpecification ALL_GROUPS = new QuerySpecification("select * from enrollmentGroups");

    private final FencedClient client;
    private final AtomicLong operations = new AtomicLong();

    SdkDpsService(FencedClient client) {
        this.client = client;
    }

    @Override
    public Optional<RemoteGroup> findGroup(String groupId) {
        return find(groupId).map(GroupMapping::read);
    }

    @Override
    public GroupWrite putGroup(RemoteGroup group) {
        if (group.etag() == null) {
            return written(GroupMapping.create(group));
        }
        var existing = find(group.id());
        if (existing.isEmpty() || !group.etag().equals(existing.get().getEtag())) {
            return new GroupWrite.Stale();
        }
        GroupMapping.change(group, existing.get());
        return written(existing.get());
    }

    @Override
    public Deletion deleteGroup(String groupId, String etag) {
        requireId(groupId);
        return deleted(dps -> dps.deleteEnrollmentGroup(groupId, etag));
    }

    @Override
    public RemotePage<RemoteGroup> listGroups(int limit, @Nullable String continuation) {
        return page(
                dps -> dps.createEnrollmentGroupQuery(ALL_GROUPS, limit),
                continuation,
                item -> item instanceof EnrollmentGroup group ? GroupMapping.read(group) : null);
    }

    @Override
    public RemotePage<RemoteRegistration> listRegistrations(String groupId, int limit, @Nullable String continuation) {
        requireId(groupId);
        return page(
                dps -> dps.createEnrollmentGroupRegistrationStateQuery(ALL_GROUPS, groupId, limit),
                continuation,
                item -> item instanceof DeviceRegistrationState state ? RegistrationMapping.read(state) : null);
    }

    @Override
    public Optional<RemoteRegistration> findRegistration(String registrationId) {
        requireId(registrationId);
        return this.<DeviceRegistrationState>found(dps -> dps.getDeviceRegistrationState(registrationId))
                .map(RegistrationMapping::read);
    }

    @Override
    public Deletion deleteRegistration(String registrationId, @Nullable String etag) {
        requireId(registrationId);
        return deleted(dps -> {
            if (etag == null) {
                dps.deleteDeviceRegistrationState(registrationId);
            } else {
                dps.deleteDeviceRegistrationState(registrationId, etag);
            }
        });
    }

    @Override
    public long operations() {
        return operations.get();
    }

    private Optional<EnrollmentGroup> find(String groupId) {
        requireId(groupId);
        return found(dps -> dps.getEnrollmentGroup(groupId));
    }

    private <T> Optional<T> found(FencedClient.Request<T> request) {
        return client.read(operations::incrementAndGet, dps -> {
            try {
                return Optional.of(request.send(dps));
            } catch (ProvisioningServiceClientNotFoundException e) {
                return Optional.empty();
            }
        });
    }

    private GroupWrite written(EnrollmentGroup group) {
        requireId(group.getEnrollmentGroupId());
        return client.write(operations::incrementAndGet, dps -> {
            try {
                return new GroupWrite.Written(GroupMapping.read(dps.createOrUpdateEnrollmentGroup(group)));
            } catch (ProvisioningServiceClientException e) {
                return staleOr(e, new GroupWrite.Stale());
            }
        });
    }

    /** A deletion, which ends without an answer or with an exception. */
    @FunctionalInterface
    private interface DeleteRequest {
        void send(ProvisioningServiceClient dps) throws ProvisioningServiceClientException;
    }

    private Deletion deleted(DeleteRequest request) {
        return client.write(operations::incrementAndGet, dps -> {
            try {
                request.send(dps);
                return Deletion.DELETED;
            } catch (ProvisioningServiceClientNotFoundException e) {
                return Deletion.MISSING;
            } catch (ProvisioningServiceClientPreconditionFailedException e) {
                return Deletion.STALE;
            }
        });
    }

    private static <T> T staleOr(ProvisioningServiceClientException thrown, T stale)
            throws ProvisioningServiceClientException {
        if (Faults.isStale(thrown) || Faults.isMissing(thrown)) {
            return stale;
        }
        throw thrown;
    }

    private <T> RemotePage<T> page(
            Function<ProvisioningServiceClient, Query> query,
            @Nullable String continuation,
            Function<Object, @Nullable T> read) {
        return client.read(operations::incrementAndGet, dps -> {
            try {
                return page(
                        continuation == null
                                ? query.apply(dps).next()
                                : query.apply(dps).next(continuation),
                        read);
            } catch (IllegalArgumentException e) {
                if (Faults.isMissing(e)) {
                    return new RemotePage<T>(java.util.List.of(), null);
                }
                throw e;
            }
        });
    }

    private static <T> RemotePage<T> page(QueryResult result, Function<Object, @Nullable T> read) {
        Stream<Object> items = result.getItems() == null ? Stream.empty() : Arrays.stream(result.getItems());
        return new RemotePage<>(
                items.map(item -> required(read.apply(item))).toList(), blankAsNull(result.getContinuationToken()));
    }

    /** Entries of another kind than was asked for: not counting them would be a wrong count. */
    private static <T> T required(@Nullable T item) {
        if (item == null) {
            throw new IllegalStateException("the answer holds entries of another kind");
        }
        return item;
    }

    private static @Nullable String blankAsNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }

    private static void requireId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new DpsServiceException(
                    DpsServiceException.Kind.REFUSED, "DPS has no entries of such a name: " + Faults.shown(id), null);
        }
    }
}
