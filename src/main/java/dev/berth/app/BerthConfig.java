package dev.berth.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything an operator can set, all of it under {@code berth.}; an unknown key stops the start. Files hold PEM; there are no default
 * keys or passwords, so the files without a default have to be given.
 */
@ConfigMapping(prefix = "berth")
public interface BerthConfig {

    /** The region that this replica is in, one of {@link #regions}; absent where Berth runs in one region. */
    Optional<String> region();

    /** All regions that Berth runs in, the same list on every replica; see docs/operations.md. */
    Optional<List<String>> regions();

    /** How long nothing may come of calls of a region's store before another region writes in its place. */
    @WithDefault("PT30S")
    Duration regionAwayAfter();

    Store store();

    Device device();

    KnownDevices knownDevices();

    Admin admin();

    Management management();

    Tls tls();

    Inventory inventory();

    Scheduling scheduling();

    Dps dps();

    Oidc oidc();

    Log log();

    Shutdown shutdown();

    /** Where documents are kept. */
    interface Store {
        /** {@code berth.store} itself: in a directory of this machine, or in an account that all replicas share. */
        @WithParentName
        @WithDefault("embedded")
        Kind kind();

        /** The directory of the embedded store; made when missing, held by one process at a time. */
        @WithDefault("data")
        Path directory();

        Cosmos cosmos();

        enum Kind {
            EMBEDDED,
            COSMOS
        }
    }

    /** An Azure Cosmos DB account; see docs/operations.md. */
    interface Cosmos {
        /** The account's address, {@code https://NAME.documents.azure.com:443/}. */
        Optional<URI> endpoint();

        /** An account key. Without key and key file the identity of this machine is used ({@code DefaultAzureCredential}). */
        Optional<String> key();

        /** A file with nothing but an account key in it. */
        Optional<Path> keyFile();

        @WithDefault("berth")
        String database();

        /** {@code direct} is faster, and needs the ports 10000 to 20000; {@code gateway} needs 443 alone. */
        @WithDefault("direct")
        Mode mode();

        /** Regions to be asked, the nearest first; the account's own order when missing. */
        Optional<List<String>> preferredRegions();

        /** What Azure calls each of {@link BerthConfig#regions}, where the account takes writes in all of them. */
        Map<String, String> azureRegions();

        /** Whether a missing database and missing containers are made; needs a key, since identities may not. */
        @WithDefault("true")
        boolean create();

        /** RU/s that a database which is made scales up to, in thousands; 0 in a serverless account. */
        @WithDefault("4000")
        int throughputMax();

        /** How long one request may take, with its wait for a turn and the waits after 429. */
        @WithDefault("PT3S")
        Duration requestTimeMax();

        /** How long the client tries again after 429 before devices are told to come back. */
        @WithDefault("PT2S")
        Duration throttleWaitMax();

        /** After this long no request is repeated any more. */
        @WithDefault("PT8S")
        Duration answerWaitMax();

        /** How often a request is repeated. */
        @WithDefault("3")
        int retriesMax();

        /** Before the first repetition; later ones wait longer. */
        @WithDefault("PT0.05S")
        Duration retryDelay();

        /** Requests to the account at once. */
        @WithDefault("256")
        int requestsInFlightMax();

        /** Requests that wait for those; one more is refused. */
        @WithDefault("1000")
        int requestsWaitingMax();

        /** So many requests, at least half of them without an answer, and the account is left alone for a while. */
        @WithDefault("20")
        int breakAfter();

        /** How long it is left alone. */
        @WithDefault("PT5S")
        Duration breakFor();

        /** Requests at once of one bulk insert. */
        @WithDefault("32")
        int bulkInFlightMax();

        enum Mode {
            DIRECT,
            GATEWAY
        }
    }

    /** The listener devices call. */
    interface Device {
        @WithDefault("0.0.0.0")
        String host();

        @WithDefault("8443")
        int port();

        /** The server's certificate chain, leaf first. */
        Path certificateFile();

        /** The private key of the leaf, unencrypted PKCS#8. */
        Path keyFile();

        /** Connections open at once; when they are nearly as many, those that are idle are closed, and if none is, one more is refused. */
        @WithDefault("20000")
        int connectionsMax();

        /** Requests in work at once; one more is told to come back. */
        @WithDefault("2000")
        int requestsInFlightMax();

        /** How long a request waits for a thread; after that it is told to come back. */
        @WithDefault("PT1S")
        Duration requestWaitMax();

        Handshakes handshakes();
    }

    /** What devices may ask for before they are known; see docs/operations.md. */
    interface Handshakes {
        /** Connections that the kernel keeps until they are accepted; {@code net.core.somaxconn} may be lower. */
        @WithDefault("1024")
        int backlogMax();

        /** How long until a connection's hello has come, and from there to the end of its handshake. */
        @WithDefault("PT10S")
        Duration timeMax();

        /** Connections whose handshake is not done; one more closes the one of which nothing has come for the longest. */
        @WithDefault("5000")
        int halfOpenMax();

        /** Hellos that wait for their handshake to begin; one more is refused. */
        @WithDefault("5000")
        int waitingMax();

        /** A hello that would wait longer is refused. */
        @WithDefault("PT5S")
        Duration waitMax();

        /** The same right after such a refusal; twice as much each time nobody waits. */
        @WithDefault("PT0.002S")
        Duration waitOverloadedMax();
    }

    /** What is repeated to devices while the store cannot be read; see docs/operations.md. */
    interface KnownDevices {
        /** Devices that this replica remembers; 0: none, and all of them are told to come back. */
        @WithDefault("0")
        int countMax();

        /** How long after it was last read or written something is repeated: so old may it be. */
        @WithDefault("PT15M")
        Duration ageMax();
    }

    /** The listener administrators call. */
    interface Admin {
        @WithDefault("127.0.0.1")
        String host();

        @WithDefault("9443")
        int port();

        Path certificateFile();

        Path keyFile();

        /** The CA whose certificates say who administers, and as what. */
        Path operatorCaFile();

        /** How long a request may take to arrive; after that it is answered with 408. */
        @WithDefault("PT10S")
        Duration requestWaitMax();

        /** Requests in work at once; one more is told to come back. */
        @WithDefault("500")
        int requestsInFlightMax();
    }

    /** The listener of health checks and metrics, in plain HTTP: keep it inside. */
    interface Management {
        @WithDefault("127.0.0.1")
        String host();

        @WithDefault("9000")
        int port();
    }

    /** The TLS engine of the device listener. */
    interface Tls {
        /** {@code auto} takes BoringSSL where it is available; {@code jdk} takes every kind of device certificate. */
        @WithDefault("auto")
        Engine engine();

        enum Engine {
            AUTO,
            BORINGSSL,
            JDK
        }
    }

    /** What administrators may register. */
    interface Inventory {
        /** Hosts of DPS instances end in one of these. */
        @WithDefault(".azure-devices-provisioning.net")
        Set<String> endpointSuffixes();

        /** Lets DPS instances live on loopback addresses; for the sandbox only. */
        @WithDefault("false")
        boolean loopbackEndpoints();
    }

    /** When devices register; see docs/architecture.md. */
    interface Scheduling {
        /** A slot further away than this binds no device; the device is queued. */
        @WithDefault("PT10M")
        Duration horizon();

        /** Among instances whose next slot opens this soon the emptiest is chosen. */
        @WithDefault("PT2S")
        Duration selectionHorizon();

        /** A block of slots begins at least this long after it is leased, so that its first device is told in time. */
        @WithDefault("PT0.1S")
        Duration lead();

        /** How long after its slot a device may begin to register. */
        @WithDefault("PT0.7S")
        Duration registerWithin();

        /** How far a device's idea of its slot may be off. */
        @WithDefault("PT0.2S")
        Duration clockSkewMax();

        /** How far apart the ways of two devices to DPS can be. */
        @WithDefault("PT0.299S")
        Duration networkSpreadMax();

        /** The longest {@code Retry-After} a queued device is told. */
        @WithDefault("PT15M")
        Duration retryAfterMax();

        /** The most slots one lease takes from an instance's ledger. */
        @WithDefault("16")
        int blockSlotsMax();

        /** Fresh slots one device may take in an hour, whatever its reasons. */
        @WithDefault("20")
        int slotsPerDevicePerHour();

        Shares shares();

        /** How an instance's slots are divided while there are not enough; weights from 1 to 1000. See docs/scheduling.md. */
        interface Shares {
            /** Of devices that boot for the first time. */
            @WithDefault("6")
            int firstBoot();

            /** Of devices that register again. */
            @WithDefault("3")
            int reRegistration();

            /** Of work that can wait. Each of the three needs at least a tenth of all. */
            @WithDefault("1")
            int jobs();

            /** Tenants that count more than 1. */
            Map<String, Integer> tenants();

            /** Pools of a tenant that count more than 1, as {@code "tenant/trustAnchor"}. */
            Map<String, Integer> pools();
        }
    }

    /** How the service API of DPS instances is called. */
    interface Dps {
        /** An HTTP proxy, {@code host:port}, for the connections to DPS and for no others. */
        Optional<String> proxy();

        /** PEM certificates of further CAs that DPS's certificates may come from: of a proxy that inspects TLS, or of the emulator. */
        Optional<Path> caFile();

        /** How often what stands at DPS is compared with the inventory when nothing has changed. */
        @WithDefault("PT5M")
        Duration syncInterval();

        /** How long one request may take; the client itself gives up after 24 s. */
        @WithDefault("PT15S")
        Duration requestTimeMax();

        /** Requests to one instance at once. */
        @WithDefault("4")
        int requestsInFlightMax();

        /** Requests that wait for those; one more is refused. */
        @WithDefault("32")
        int requestsWaitingMax();

        /** How often a request is repeated that certainly did nothing, or only reads. */
        @WithDefault("2")
        int retriesMax();

        /** Before the first repetition; later ones wait longer. */
        @WithDefault("PT0.5S")
        Duration retryDelay();

        /** So many requests, at least half of them failed, and the instance is left alone for a while. */
        @WithDefault("6")
        int breakAfter();

        /** How long it is left alone. */
        @WithDefault("PT30S")
        Duration breakFor();

        Reconciliation reconciliation();

        /** How what instances really hold is counted. */
        interface Reconciliation {
            /** How long after a count began the next one does. */
            @WithDefault("PT6H")
            Duration interval();

            /** Registrations asked for at once, each time for one operation; DPS may give fewer. */
            @WithDefault("1000")
            int pageSize();
        }

        /** The credentials that DPS instances refer to by name. */
        Map<String, Credential> credentials();

        /** The connection strings of one DPS instance. Files are read again each time, so that replacing one rotates the key. */
        interface Credential {
            /** The tenant whose DPS instances may refer to it. */
            String tenant();

            Optional<String> primary();

            Optional<Path> primaryFile();

            Optional<String> secondary();

            Optional<Path> secondaryFile();
        }
    }

    /** Bearer tokens; off until {@code quarkus.oidc.auth-server-url} and {@code quarkus.oidc.tenant-enabled} are set. */
    interface Oidc {
        /** The claim that names the caller's tenant. */
        @WithDefault("berth_tenant")
        String tenantClaim();

        /** The claim that lists the caller's roles. */
        @WithDefault("roles")
        String rolesClaim();
    }

    /** How the log is written. */
    interface Log {
        @WithDefault("text")
        Format format();

        enum Format {
            TEXT,
            JSON
        }
    }

    /** How the service stops. */
    interface Shutdown {
        /** How long answers in work may take to finish. */
        @WithDefault("PT10S")
        Duration grace();
    }
}
