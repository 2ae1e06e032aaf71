package lacuna.inference.devices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import lacuna.inference.Device;
import lacuna.inference.DeviceReport;
import lacuna.inference.DeviceReport.Finding;
import lacuna.model.Manifest;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What is known of this machine's devices from one start to the next: how each did when it was tried, how fast and
/// how truly it runs a model, whether half precision is worth its while, the largest tile that it did not fail on. Kept in a
/// file that may be deleted; what it says counts only on the machine and the runtime that it was found out with. May be
/// used from any thread.
public final class DeviceBook {
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final System.Logger LOG = System.getLogger(DeviceBook.class.getName());

    private final Path file;
    private final String machine;
    private @Nullable List<DeviceReport> reports;
    private final Map<String, SpeedReport> speeds = new TreeMap<>();
    private final Map<String, HalfReport> halves = new TreeMap<>();
    private final Map<String, Integer> tiles = new TreeMap<>();

    private DeviceBook(Path file, String machine) {
        this.file = file;
        this.machine = machine;
    }

    /// Reads the file; one that is missing, broken or of another machine counts as empty.
    ///
    /// @param machine see [Machine#fingerprint]
    public static DeviceBook open(Path file, String machine) {
        DeviceBook book = new DeviceBook(file, machine);
        try {
            if (Files.isRegularFile(file)) {
                book.read(JSON.readTree(Files.readString(file)));
            }
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            LOG.log(System.Logger.Level.WARNING, "what was known of the devices is forgotten", e);
            book.forget();
        }
        return book;
    }

    private void read(JsonNode root) {
        if (!machine.equals(root.path("machine").asString(""))) {
            return;
        }
        if (root.path("devices").isArray()) {
            List<DeviceReport> found = new ArrayList<>();
            for (JsonNode node : root.path("devices").values()) {
                found.add(new DeviceReport(new Device(node.path("id").asString(""), node.path("name").asString("")),
                        Finding.valueOf(node.path("finding").asString("")), node.path("detail").asString("")));
            }
            reports = List.copyOf(found);
        }
        root.path("speeds").properties().forEach(entry -> speeds.put(entry.getKey(), speed(entry.getValue())));
        root.path("halfPrecision").properties().forEach(entry -> halves.put(entry.getKey(), half(entry.getValue())));
        root.path("tiles").properties().forEach(entry -> tiles.put(entry.getKey(), entry.getValue().asInt()));
    }

    private static SpeedReport speed(JsonNode node) {
        return new SpeedReport(SpeedReport.Finding.valueOf(node.path("finding").asString("")),
                node.path("nanosAPixel").asDouble(Double.POSITIVE_INFINITY), node.path("detail").asString(""));
    }

    private static HalfReport half(JsonNode node) {
        return new HalfReport(HalfReport.Finding.valueOf(node.path("finding").asString("")),
                node.path("nanosAPixel").asDouble(Double.POSITIVE_INFINITY), node.path("detail").asString(""));
    }

    /// How the devices did; empty where they were not tried yet.
    public synchronized Optional<List<DeviceReport>> reports() {
        return Optional.ofNullable(reports);
    }

    /// Keeps a survey. What was measured on devices is measured again.
    void keep(List<DeviceReport> survey) {
        synchronized (this) {
            reports = List.copyOf(survey);
            speeds.clear();
            halves.clear();
        }
        save();
    }

    private synchronized void forget() {
        reports = null;
        speeds.clear();
        halves.clear();
        tiles.clear();
    }

    /// How a device did with a model in float32; empty where that was not tried.
    synchronized Optional<SpeedReport> speed(Manifest model, Device device) {
        return Optional.ofNullable(speeds.get(key(model, device.id())));
    }

    void keepSpeed(Manifest model, Device device, SpeedReport report) {
        synchronized (this) {
            speeds.put(key(model, device.id()), report);
        }
        save();
    }

    /// How a device did with a model in half precision; empty where that was not tried, or there is no such network.
    synchronized Optional<HalfReport> half(Manifest model, Device device) {
        return Optional.ofNullable(halves.get(halfKey(model, device)));
    }

    void keepHalf(Manifest model, Device device, HalfReport report) {
        synchronized (this) {
            halves.put(halfKey(model, device), report);
        }
        save();
    }

    /// The longest side of a tile that `device` may be given, where it failed on longer ones.
    public synchronized OptionalInt longestTile(Manifest model, String device) {
        Integer longest = tiles.get(key(model, device));
        return longest == null ? OptionalInt.empty() : OptionalInt.of(longest);
    }

    /// Remembers that a device did with tiles of this side what it failed at with longer ones.
    public void keepLongestTile(Manifest model, String device, int side) {
        synchronized (this) {
            tiles.put(key(model, device), side);
        }
        save();
    }

    /// By content, so that a model's new version starts anew.
    private static String key(Manifest model, String device) {
        return model.id() + " " + model.sha256().substring(0, 16) + " " + device;
    }

    /// By both contents: the network in half precision has no weights of its own.
    private static String halfKey(Manifest model, Device device) {
        Manifest.Half half = model.half();
        return key(model, device.id()) + (half == null ? "" : " " + half.sha256().substring(0, 16));
    }

    private synchronized void save() {
        ObjectNode root = JSON.createObjectNode();
        root.put("machine", machine);
        if (reports != null) {
            ArrayNode list = root.putArray("devices");
            for (DeviceReport report : reports) {
                list.addObject().put("id", report.device().id()).put("name", report.device().name())
                        .put("finding", report.finding().name()).put("detail", report.detail());
            }
        }
        ObjectNode measured = root.putObject("speeds");
        speeds.forEach((key, full) -> put(measured.putObject(key), full.finding(), full.nanosAPixel(), full.detail()));
        ObjectNode tried = root.putObject("halfPrecision");
        halves.forEach((key, half) -> put(tried.putObject(key), half.finding(), half.nanosAPixel(), half.detail()));
        ObjectNode longest = root.putObject("tiles");
        tiles.forEach(longest::put);
        try {
            Path folder = file.toAbsolutePath().getParent();
            Path part = Files.createTempFile(Files.createDirectories(folder), file.getFileName().toString(), ".part");
            Files.write(part, JSON.writeValueAsBytes(root));
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // It is found out again at the next start.
            LOG.log(System.Logger.Level.WARNING, "what was found of the devices is not kept", e);
        }
    }

    private static void put(ObjectNode entry, Enum<?> finding, double nanosAPixel, String detail) {
        entry.put("finding", finding.name()).put("detail", detail);
        // JSON has no infinity.
        if (Double.isFinite(nanosAPixel)) {
            entry.put("nanosAPixel", nanosAPixel);
        }
    }
}
