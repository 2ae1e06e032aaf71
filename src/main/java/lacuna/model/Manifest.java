package lacuna.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a model says about itself: the content of `model.json`.
///
/// @param id the folder's and the model's name: lower-case letters, digits, `-`, `_`, `.`
/// @param task the operation that it serves, such as `inpaint`
/// @param name what people see
/// @param version free text
/// @param licence SPDX identifier of the weights' licence
/// @param source where the weights come from: a recipe or an address
/// @param file the network's file name inside the folder
/// @param inputs tensors that go in, in order
/// @param outputs tensors that come out, in order
/// @param size which heights and widths the network takes
/// @param tile the largest side in pixels that one run is given; a multiple of `size.multiple`
/// @param halo pixels of context that a tile needs around what is used of it
/// @param scale output pixels per input pixel along a side
/// @param sha256 digest of the network's file, 64 hexadecimal digits in lower case
/// @param half the same network in half precision; null where there is none
/// @param character whether the network adds what it was not shown; null where the manifest does not say
public record Manifest(String id, String task, String name, String version, String licence, String source, String file,
        List<TensorSpec> inputs, List<TensorSpec> outputs, Size size, int tile, int halo, int scale, String sha256,
        @Nullable Half half, @Nullable Manner character) {
    /// Apart, since the worker knows manifests and reads none: it does without the parser.
    private static final class Json {
        static final JsonMapper MAPPER = new JsonMapper();
    }

    /// The most that [#scale()] can be.
    public static final int MOST_SCALE = 16;

    /// A manifest is a page of text; more is not one.
    private static final long LIMIT = 1 << 20;
    /// Pixels between the halos that make a tile worth a run; [lacuna.tiling.PiecePlan] needs 96.
    private static final int LEAST_USE = 128;

    /// A tensor of the network, laid out N, C, H, W in float32.
    ///
    /// @param name its name in the network
    /// @param kind what it holds
    /// @param low the value of black (or of "keep")
    /// @param high the value of white (or of "change")
    public record TensorSpec(String name, Kind kind, double low, double high) {}

    /// What a tensor holds.
    public enum Kind {
        /** Red, green, blue as encoded in the file. */
        RGB(3, Extent.PICTURE),
        /** Where the hole is. */
        MASK(1, Extent.PICTURE),
        /** A level at every pixel, such as that of the noise there. */
        LEVEL(1, Extent.PICTURE),
        /** One number about the whole picture. */
        NUMBER(1, Extent.ONE),
        /** What is to be added to red, green, blue. */
        DIFFERENCE(3, Extent.PICTURE),
        /** L* of CIELAB under D65, from 0 to 100. */
        LIGHTNESS(1, Extent.PICTURE),
        /** a and b of CIELAB under D65, from -128 to 128. */
        CHROMA(2, Extent.PICTURE);

        private enum Extent {
            PICTURE, ONE
        }

        private final int channels;
        private final Extent extent;

        Kind(int channels, Extent extent) {
            this.channels = channels;
            this.extent = extent;
        }

        /// Planes of numbers that it takes.
        public int channels() {
            return channels;
        }

        /// Sizes of the tensor, N, C, H, W, for a picture of `width` × `height` pixels.
        public long[] shape(int width, int height) {
            return switch (extent) {
                case PICTURE -> new long[]{1, channels, height, width};
                case ONE -> new long[]{1, channels, 1, 1};
            };
        }

        private static String names() {
            return Arrays.stream(values()).map(Kind::id).collect(Collectors.joining(", "));
        }

        private String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Heights and widths that a network takes.
    ///
    /// @param multiple both must be multiples of this, at least 1
    /// @param minimum both must be at least this
    public record Size(int multiple, int minimum) {}

    /// The same network with float16 between its first and its last layer with weights, for devices that gain from it
    /// (`models/training/half.py`). It has the same tensors, in float32, and takes its weights from the network's file.
    ///
    /// @param file its file name inside the folder
    /// @param sha256 digest of that file, 64 hexadecimal digits in lower case
    public record Half(String file, String sha256) {}

    /// What a network does where the picture does not tell.
    public enum Manner {
        /** Adds nothing: trained for the least difference from the truth. */
        FAITHFUL,
        /** Makes edges and textures sharp as they may have been: trained on damaged pictures. */
        CRISP;

        /// Its name in manifests and on the command line.
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Manifest {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /// One that says nothing of its character.
    public Manifest(String id, String task, String name, String version, String licence, String source, String file,
            List<TensorSpec> inputs, List<TensorSpec> outputs, Size size, int tile, int halo, int scale, String sha256,
            @Nullable Half half) {
        this(id, task, name, version, licence, source, file, inputs, outputs, size, tile, halo, scale, sha256, half,
                null);
    }

    /// The same with smaller tiles, as near to `longest` as the network and its halo allow, and never larger ones.
    ///
    /// @param longest side in pixels
    public Manifest withTile(int longest) {
        int multiple = size.multiple();
        int least = Math.ceilDiv(Math.max(size.minimum(), 2 * halo + LEAST_USE), multiple) * multiple;
        int wanted = Math.max(longest / multiple * multiple, least);
        return wanted >= tile
                ? this
                : new Manifest(id, task, name, version, licence, source, file, inputs, outputs, size, wanted, halo,
                        scale, sha256, half, character);
    }

    /// Reads and checks a manifest.
    ///
    /// @param file a `model.json`
    /// @throws ModelException when it is missing, unreadable, not JSON, or lacks something
    public static Manifest read(Path file) throws ModelException {
        if (!Files.isRegularFile(file)) {
            throw new ModelException(ModelException.Problem.MANIFEST_MISSING, file);
        }
        try {
            if (Files.size(file) > LIMIT) {
                throw new ModelException(ModelException.Problem.MANIFEST_BROKEN, file, "it is larger than 1 MB");
            }
            JsonNode root = Json.MAPPER.readTree(Files.readString(file));
            if (root == null || !root.isObject()) {
                throw new ModelException(ModelException.Problem.MANIFEST_BROKEN, file, "it is not a JSON object");
            }
            return new Fields(file, root, "").manifest();
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw new ModelException(ModelException.Problem.MANIFEST_BROKEN, file,
                    at == null || at.getLineNr() < 1 ? "it is not JSON" : "it is not JSON at line " + at.getLineNr());
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new ModelException(ModelException.Problem.MANIFEST_BROKEN, file, "it is not text in UTF-8");
        } catch (IOException e) {
            throw new ModelException(ModelException.Problem.UNREADABLE, file, String.valueOf(e.getMessage()));
        }
    }

    /// The fields of a JSON object, with errors that name the field.
    private record Fields(Path file, JsonNode node, String prefix) {
        Manifest manifest() throws ModelException {
            String id = matching("id", "[a-z0-9][a-z0-9._-]*", "lower-case letters, digits, '-', '_' and '.'");
            // The network lies in the model's own folder; a manifest must not point anywhere else.
            String network = fileName();
            Fields size = object("size");
            Size rule = new Size(size.number("multiple", 1, 4096), size.number("minimum", 1, 65536));
            int tile = number("tile", rule.multiple(), 16384);
            if (tile % rule.multiple() != 0) {
                throw broken("tile must be a multiple of size.multiple");
            }
            return new Manifest(id, text("task"), text("name"), text("version"), text("licence"), text("source"),
                    network, tensors("inputs"), tensors("outputs"), rule, tile, number("halo", 0, 4096),
                    number("scale", 1, MOST_SCALE), digest(), half(network), character());
        }

        private @Nullable Manner character() throws ModelException {
            if (!node.has("character")) {
                return null;
            }
            String id = text("character");
            for (Manner character : Manner.values()) {
                if (character.id().equals(id)) {
                    return character;
                }
            }
            throw broken("character \"" + id + "\" is unknown (known: "
                    + Arrays.stream(Manner.values()).map(Manner::id).collect(Collectors.joining(", ")) + ")");
        }

        private String fileName() throws ModelException {
            return matching("file", "[A-Za-z0-9_-][A-Za-z0-9._-]*", "a plain file name");
        }

        private String digest() throws ModelException {
            return matching("sha256", "[0-9a-f]{64}", "64 hexadecimal digits in lower case");
        }

        private @Nullable Half half(String network) throws ModelException {
            if (!node.has("half")) {
                return null;
            }
            Fields fields = object("half");
            Half half = new Half(fields.fileName(), fields.digest());
            if (half.file().equals(network)) {
                throw broken("half.file must be another file than file");
            }
            return half;
        }

        private List<TensorSpec> tensors(String name) throws ModelException {
            JsonNode array = node.get(name);
            if (array == null || !array.isArray() || array.isEmpty()) {
                throw broken(prefix + name + " must be a list of tensors");
            }
            List<TensorSpec> specs = new ArrayList<>();
            for (int i = 0; i < array.size(); i++) {
                Fields fields = new Fields(file, array.get(i), prefix + name + "[" + i + "].");
                specs.add(fields.tensor());
            }
            return specs;
        }

        private TensorSpec tensor() throws ModelException {
            String kind = text("kind");
            for (Kind k : Kind.values()) {
                if (k.id().equals(kind)) {
                    JsonNode range = node.get("range");
                    if (range == null || !range.isArray() || range.size() != 2 || !range.get(0).isNumber()
                            || !range.get(1).isNumber() || range.get(0).doubleValue() >= range.get(1).doubleValue()) {
                        throw broken(prefix + "range must be two rising numbers");
                    }
                    return new TensorSpec(text("name"), k, range.get(0).doubleValue(), range.get(1).doubleValue());
                }
            }
            throw broken(prefix + "kind \"" + kind + "\" is unknown (known: " + Kind.names() + ")");
        }

        private Fields object(String name) throws ModelException {
            JsonNode child = node.get(name);
            if (child == null || !child.isObject()) {
                throw broken(prefix + name + " is missing");
            }
            return new Fields(file, child, prefix + name + ".");
        }

        private String text(String name) throws ModelException {
            JsonNode child = node.get(name);
            if (child == null || !child.isString() || child.stringValue().isBlank()) {
                throw broken(prefix + name + " is missing");
            }
            return child.stringValue();
        }

        private String matching(String name, String pattern, String meaning) throws ModelException {
            String value = text(name);
            if (!value.matches(pattern)) {
                throw broken(prefix + name + " must be " + meaning);
            }
            return value;
        }

        private int number(String name, int low, int high) throws ModelException {
            JsonNode child = node.get(name);
            if (child == null || !child.isInt() || child.intValue() < low || child.intValue() > high) {
                throw broken("%s%s must be a whole number from %d to %d".formatted(prefix, name, low, high));
            }
            return child.intValue();
        }

        private ModelException broken(String what) {
            return new ModelException(ModelException.Problem.MANIFEST_BROKEN, file, what);
        }
    }
}
