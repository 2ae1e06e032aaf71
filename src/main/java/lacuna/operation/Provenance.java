package lacuna.operation;

import java.util.Map;

/// How pixels came about.
///
/// @param operation id of the operation
/// @param parameters its values by id
/// @param found what the operation found out by itself, by name; empty where it had nothing to find
/// @param model id of the model; empty when none took part
/// @param modelSha256 digest of the model's network; empty when none took part
/// @param device the device that really ran it, as [lacuna.inference.Device#trace()] writes it
public record Provenance(String operation, Map<String, Object> parameters, Map<String, Object> found, String model,
        String modelSha256,
        String device) {}
