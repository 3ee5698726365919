package dev.berth.scheduling;

import dev.berth.identity.TenantId;
import dev.berth.inventory.DpsInstanceId;
import org.jspecify.annotations.Nullable;

/**
 * Names a queue: that of a pool, where new devices wait, that of the known devices of one instance, or that of the jobs at it. The name
 * says whose share of an instance it has: {@code class/tenant/rest}.
 *
 * @param owner the tenant whose instances it is for
 * @param name unique within {@code owner}; at most 200 characters
 */
public record QueueKey(TenantId owner, String name) {

    /** The queue of the new devices that {@code trustAnchor} of {@code origin} vouches for, narrowed to {@code geography} if any. */
    public static QueueKey ofPool(TenantId owner, TenantId origin, String trustAnchor, @Nullable String geography) {
        return named(owner, WorkClass.FIRST_BOOT, origin, trustAnchor + "/" + (geography == null ? "*" : geography));
    }

    /** The queue of the devices of {@code origin} that belong to {@code instance}. */
    public static QueueKey ofInstance(DpsInstanceId instance, TenantId origin) {
        return named(instance.tenant(), WorkClass.RE_REGISTRATION, origin, instance.name());
    }

    /** The queue of the owner's own devices that belong to {@code instance}. */
    public static QueueKey ofInstance(DpsInstanceId instance) {
        return ofInstance(instance, instance.tenant());
    }

    /** The queue of the jobs of {@code tenant} at {@code instance}. */
    public static QueueKey ofJobs(DpsInstanceId instance, TenantId tenant) {
        return named(instance.tenant(), WorkClass.JOB, tenant, instance.name());
    }

    private static QueueKey named(TenantId owner, WorkClass workClass, TenantId tenant, String rest) {
        return new QueueKey(owner, workClass.prefix() + "/" + tenant + "/" + rest);
    }

    /** Whose share of an instance it has. */
    public WorkClass workClass() {
        for (WorkClass workClass : WorkClass.values()) {
            if (name.startsWith(workClass.prefix() + "/")) {
                return workClass;
            }
        }
        return WorkClass.JOB;
    }

    /** The tenant whose devices or jobs wait in it; the owner, if the name says nothing of it. */
    public TenantId tenant() {
        String[] parts = name.split("/", 3);
        return parts.length == 3 ? TenantId.parse(parts[1]).orElse(owner) : owner;
    }

    /** Whether known devices of {@code instance} wait in it, whoever vouched for them. */
    boolean isOfKnownDevicesAt(DpsInstanceId instance) {
        return equals(ofInstance(instance, tenant()));
    }

    /** The pool it is of, whatever the geography: {@code tenant/trustAnchor}. */
    String pool() {
        String[] parts = name.split("/", 4);
        return parts.length < 3 ? name : parts[1] + "/" + parts[2];
    }

    @Override
    public String toString() {
        return owner + "/" + name;
    }
}
