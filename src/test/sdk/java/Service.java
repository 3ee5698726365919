import com.google.gson.JsonParser;
import com.microsoft.azure.sdk.iot.provisioning.service.ProvisioningServiceClient;
import com.microsoft.azure.sdk.iot.provisioning.service.Query;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.BulkOperationMode;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.DeviceRegistrationState;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.EnrollmentGroup;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.EnrollmentStatus;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.IndividualEnrollment;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.ProvisioningStatus;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.QuerySpecification;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.SymmetricKeyAttestation;
import com.microsoft.azure.sdk.iot.provisioning.service.configs.X509Attestation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Administers an instance of the emulator by the official service SDK: everything it offers, once.
 *
 * The SDK takes no port in a connection string: through the emulator's proxy it finds the instance under its real name.
 *
 *   java -Djavax.net.ssl.trustStore=ca.p12 -Dhttps.proxyHost=localhost -Dhttps.proxyPort=PORT -cp … Service.java \
 *       emulator.json CA.pem
 */
class Service {
    private final String connectionString;
    private final ProvisioningServiceClient client;
    private final String ca;

    Service(String connectionString, String ca) {
        this.connectionString = connectionString;
        this.client = new ProvisioningServiceClient(connectionString);
        this.ca = ca;
    }

    public static void main(String[] arguments) throws Exception {
        var emulator = JsonParser.parseString(Files.readString(Path.of(arguments[0]))).getAsJsonObject();
        var instance = emulator.getAsJsonArray("instances").get(0).getAsJsonObject();
        var service = new Service(
                instance.get("serviceConnectionStringForProxy").getAsString(), Files.readString(Path.of(arguments[1])));
        for (var step : service.steps().entrySet()) {
            step.getValue().run();
            System.out.println(step.getKey());
        }
    }

    private Map<String, Step> steps() {
        var steps = new LinkedHashMap<String, Step>();
        steps.put("individualEnrollments", this::individualEnrollments);
        steps.put("keysAreToldOnlyWhenAskedFor", this::keysAreToldOnlyWhenAskedFor);
        steps.put("enrollmentGroups", this::enrollmentGroups);
        steps.put("bulkAndPages", this::bulkAndPages);
        steps.put("registrations", this::registrations);
        steps.put("aWrongKeyOpensNothing", this::aWrongKeyOpensNothing);
        return steps;
    }

    private void individualEnrollments() throws Exception {
        var made = client.createOrUpdateIndividualEnrollment(byKey("java-1"));
        var changed = client.getIndividualEnrollment("java-1");
        changed.setDeviceId("pump");
        changed = client.createOrUpdateIndividualEnrollment(changed);
        check(client.getIndividualEnrollment("java-1").getDeviceId().equals("pump"));
        refused("PreconditionFailed", () -> client.createOrUpdateIndividualEnrollment(made));
        refused("PreconditionFailed", () -> client.deleteIndividualEnrollment(made));
        client.deleteIndividualEnrollment(changed);
        refused("NotFound", () -> client.getIndividualEnrollment("java-1"));
    }

    private void keysAreToldOnlyWhenAskedFor() throws Exception {
        client.createOrUpdateIndividualEnrollment(byKey("java-1"));
        var attestation = client.getIndividualEnrollmentAttestationMechanism("java-1").getAttestation();
        check(((SymmetricKeyAttestation) attestation).getPrimaryKey().equals(key('a')));
        client.deleteIndividualEnrollment("java-1");
    }

    private void enrollmentGroups() throws Exception {
        var attestation = X509Attestation.createFromRootCertificates(ca);
        var made = client.createOrUpdateEnrollmentGroup(new EnrollmentGroup("java-fleet", attestation));
        var changed = client.getEnrollmentGroup("java-fleet");
        changed.setProvisioningStatus(ProvisioningStatus.DISABLED);
        changed = client.createOrUpdateEnrollmentGroup(changed);
        check(client.getEnrollmentGroup("java-fleet").getProvisioningStatus() == ProvisioningStatus.DISABLED);
        refused("PreconditionFailed", () -> client.createOrUpdateEnrollmentGroup(made));
        check(items(client.createEnrollmentGroupQuery(all("enrollmentGroups")), 3).size() == 3);
        client.deleteEnrollmentGroup("java-fleet", changed.getEtag());
        refused("NotFound", () -> client.getEnrollmentGroup("java-fleet"));
    }

    private void bulkAndPages() throws Exception {
        var enrollments = Stream.of("java-1", "java-2", "java-3").map(Service::byKey).toList();
        check(client.runBulkEnrollmentOperation(BulkOperationMode.CREATE, enrollments).getSuccessful());
        var again = client.runBulkEnrollmentOperation(BulkOperationMode.CREATE, enrollments);
        check(!again.getSuccessful() && again.getErrors().size() == 3);
        var found = items(client.createIndividualEnrollmentQuery(all("enrollments"), 2), 2).stream()
                .map(one -> ((IndividualEnrollment) one).getRegistrationId())
                .toList();
        check(found.containsAll(List.of("java-1", "java-2", "java-3")));
        check(client.runBulkEnrollmentOperation(BulkOperationMode.DELETE, enrollments).getSuccessful());
    }

    private void registrations() throws Exception {
        var query = client.createEnrollmentGroupRegistrationStateQuery(all("enrollmentGroups"), "fleet", 1);
        var states = items(query, 1);
        check(states.size() == 2);
        var registrationId = ((DeviceRegistrationState) states.getFirst()).getRegistrationId();
        check(client.getDeviceRegistrationState(registrationId).getStatus() == EnrollmentStatus.ASSIGNED);
        client.deleteDeviceRegistrationState(registrationId);
        refused("NotFound", () -> client.getDeviceRegistrationState(registrationId));
    }

    private void aWrongKeyOpensNothing() {
        var stranger = connectionString.replaceFirst("SharedAccessKey=.*", "SharedAccessKey=" + key('z'));
        refused("Unathorized", () -> new ProvisioningServiceClient(stranger).getEnrollmentGroup("fleet"));
    }

    private static IndividualEnrollment byKey(String registrationId) {
        return new IndividualEnrollment(registrationId, new SymmetricKeyAttestation(key('a'), key('b')));
    }

    private static String key(char letter) {
        var bytes = new byte[64];
        Arrays.fill(bytes, (byte) letter);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static QuerySpecification all(String what) {
        return new QuerySpecification("select * from " + what);
    }

    private static List<Object> items(Query query, int pageSizeMax) {
        var items = new ArrayList<Object>();
        while (query.hasNext()) {
            var page = query.next().getItems();
            check(page.length <= pageSizeMax);
            items.addAll(List.of(page));
        }
        return items;
    }

    /** The SDK tells statuses by the classes of its exceptions, one of which has a slip in its name. */
    private static void refused(String exception, Step step) {
        try {
            step.run();
        } catch (Exception refused) {
            check(refused.getClass().getSimpleName().equals("ProvisioningServiceClient" + exception + "Exception"), refused);
            return;
        }
        throw new AssertionError("should have been refused: " + exception);
    }

    private static void check(boolean holds) {
        check(holds, null);
    }

    private static void check(boolean holds, Throwable cause) {
        if (!holds) {
            throw new AssertionError("not as expected", cause);
        }
    }

    private interface Step {
        void run() throws Exception;
    }
}
