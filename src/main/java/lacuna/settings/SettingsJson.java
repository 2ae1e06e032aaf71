package lacuna.settings;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

import lacuna.settings.Settings.Brush;
import lacuna.settings.Settings.Limits;
import lacuna.settings.Settings.Memory;
import lacuna.settings.Settings.Theme;
import lacuna.settings.Settings.WindowPlace;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Settings as JSON. Reading takes what it understands: one bad value costs that value, and a warning says so.
/// Fields are read one by one instead of by reflection, which would cost a tenth of a second at every start.
final class SettingsJson {
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final Map<String, BiFunction<Settings, JsonNode, Settings>> READERS = new LinkedHashMap<>();

    static {
        READERS.put("theme", (s, node) -> s.withTheme(Theme.valueOf(text(node).toUpperCase(Locale.ROOT))));
        READERS.put("language", (s, node) -> s.withLanguage(text(node)));
        READERS.put("recentFiles", (s, node) -> s
                .withRecentFiles(node.values().stream().map(file -> Path.of(text(file))).toList()));
        READERS.put("brush", (s, node) -> s
                .withBrush(new Brush(field(node, "diameter").doubleValue(), field(node, "hardness").doubleValue())));
        READERS.put("memory", (s, node) -> s.withMemory(new Memory(field(node, "tilesMiB").intValue(),
                field(node, "historyMiB").intValue(),
                node.has("modelsMiB") ? field(node, "modelsMiB").intValue() : Memory.DEFAULT.modelsMiB())));
        READERS.put("limits", (s, node) -> s
                .withLimits(new Limits(field(node, "megapixels").intValue(), field(node, "decoderMiB").intValue())));
        READERS.put("device", (s, node) -> s.withDevice(text(node)));
        READERS.put("window", (s, node) -> s.withWindow(new WindowPlace(field(node, "x").doubleValue(),
                field(node, "y").doubleValue(), field(node, "width").doubleValue(),
                field(node, "height").doubleValue(),
                WindowPlace.State.valueOf(text(field(node, "state")).toUpperCase(Locale.ROOT)))));
    }

    private SettingsJson() {}

    static byte[] write(Settings settings) {
        ObjectNode root = JSON.createObjectNode();
        root.put("theme", settings.theme().name().toLowerCase(Locale.ROOT));
        root.put("language", settings.language());
        ArrayNode files = root.putArray("recentFiles");
        settings.recentFiles().forEach(file -> files.add(file.toString()));
        root.putObject("brush")
                .put("diameter", settings.brush().diameter())
                .put("hardness", settings.brush().hardness());
        root.putObject("memory")
                .put("tilesMiB", settings.memory().tilesMiB())
                .put("historyMiB", settings.memory().historyMiB())
                .put("modelsMiB", settings.memory().modelsMiB());
        root.putObject("limits")
                .put("megapixels", settings.limits().megapixels())
                .put("decoderMiB", settings.limits().decoderMiB());
        root.put("device", settings.device());
        settings.windowPlace()
                .ifPresent(place -> root.putObject("window")
                        .put("x", place.x())
                        .put("y", place.y())
                        .put("width", place.width())
                        .put("height", place.height())
                        .put("state", place.state().name().toLowerCase(Locale.ROOT)));
        return JSON.writeValueAsBytes(root);
    }

    /// @param warnings gets a sentence for each thing that was not understood
    /// @throws IllegalArgumentException where the text is not a JSON object
    static Settings read(byte[] text, List<String> warnings) {
        ObjectNode root;
        try {
            root = JSON.readTree(text) instanceof ObjectNode object ? object : null;
        } catch (JacksonException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
        if (root == null) {
            throw new IllegalArgumentException("not a JSON object");
        }
        Settings settings = Settings.DEFAULT;
        for (Map.Entry<String, JsonNode> property : root.properties()) {
            BiFunction<Settings, JsonNode, Settings> reader = READERS.get(property.getKey());
            if (reader == null) {
                warnings.add("The setting “" + property.getKey() + "” is not known and was ignored.");
                continue;
            }
            try {
                settings = reader.apply(settings, property.getValue());
            } catch (IllegalArgumentException | JacksonException e) {
                warnings.add("The setting “" + property.getKey() + "” cannot be " + property.getValue()
                        + " and was set back.");
            }
        }
        return settings;
    }

    private static String text(JsonNode node) {
        if (!node.isString()) {
            throw new IllegalArgumentException(node + " is no text");
        }
        return node.stringValue();
    }

    private static JsonNode field(JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}
