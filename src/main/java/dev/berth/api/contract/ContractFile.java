package dev.berth.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The file {@code openapi.yaml} of the class path. A native image reads it while it is built: to read it was a quarter of a start. */
final class ContractFile {
    private static final String FILE = "/openapi.yaml";

    /** The file repeats itself by YAML aliases; more of them than this is a mistake in it. */
    private static final int ALIASES_MAX = 500;

    static final JsonNode DOCUMENT = read();

    private ContractFile() {}

    private static JsonNode read() {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(ALIASES_MAX);
        options.setAllowDuplicateKeys(false);
        try (var file = Objects.requireNonNull(ContractFile.class.getResourceAsStream(FILE), FILE)) {
            return new ObjectMapper().valueToTree(new Yaml(new SafeConstructor(options)).load(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
