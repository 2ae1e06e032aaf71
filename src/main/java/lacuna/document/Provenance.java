package lacuna.document;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Where the pixels of a layer come from.
///
/// @param operation identifier of the operation that made them
/// @param parameters what it was told, by parameter identifier
/// @param found what the operation found out by itself, by name; empty where it had nothing to find
/// @param model identifier of the model, empty when none took part
/// @param modelSha256 digest of the model's file in hexadecimal, empty when none took part
/// @param device the device that ran
public record Provenance(String operation, Map<String, Object> parameters, Map<String, Object> found, String model,
        String modelSha256,
        String device) {
    public Provenance {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        found = Collections.unmodifiableMap(new LinkedHashMap<>(found));
    }
}
