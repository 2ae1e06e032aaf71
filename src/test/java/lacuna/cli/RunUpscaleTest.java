package lacuna.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileStore;
import lacuna.io.Depth;
import lacuna.io.FileException;
import lacuna.io.FileFormats;
import lacuna.io.FileInfo;
import lacuna.io.Output;
import lacuna.io.Picture;
import lacuna.io.PictureFiles;
import lacuna.io.ReadOptions;
import lacuna.io.WriteOptions;
import lacuna.testing.Pictures;

import static org.assertj.core.api.Assertions.assertThat;

/// `lacuna run upscale` on files.
class RunUpscaleTest extends RunOnFiles {
    private static final Path MODELS = Path.of("src", "test", "resources", "models");

    /// Where the second directory of the EXIF block begins.
    private static final int SUB = 26;
    private static final String XMP = """
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
            <rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:PixelXDimension="120" \
            exif:PixelYDimension="90"/></rdf:RDF></x:xmpmeta>""";

    private Path deep = Path.of("");
    private Path jpeg = Path.of("");

    /// A part of the sample, as a deep PNG with alpha and as a JPEG, both with all that the sample carries; and networks
    /// that interpolate.
    @BeforeEach
    void write() throws FileException, IOException {
        deep = folder.resolve("deep.png");
        jpeg = folder.resolve("plain.jpg");
        Rect part = new Rect(600, 500, 120, 90);
        try (TileStore tiles = tiles();
                Picture sample = read(SAMPLE, tiles);
                Raster small = part(sample, part, tiles)) {
            PictureFiles.write(jpeg,
                    new Output(small, Depth.EIGHT, Picture.Transparency.OPAQUE,
                            sample.metadata().withExif(exif()).withXmp(XMP.getBytes(StandardCharsets.UTF_8)), null),
                    WriteOptions.of(FileFormats.JPEG).withQuality(90));
            fade(small);
            PictureFiles.write(deep,
                    new Output(small, Depth.SIXTEEN, Picture.Transparency.ALPHA, sample.metadata(), null),
                    WriteOptions.of(FileFormats.PNG));
        }
        for (String id : List.of("test-upscale-faithful-x2", "test-upscale-faithful-x4", "test-upscale-crisp-x4")) {
            Path to = Files.createDirectories(folder.resolve("data").resolve("models").resolve(id));
            try (Stream<Path> files = Files.list(MODELS.resolve(id))) {
                for (Path file : files.toList()) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        }
    }

    private CommandLineRig.Said run(Object... arguments) {
        return runs("upscale", arguments);
    }

    @Test
    void depthAlphaProfileAndResolutionSurviveAndDimensionsAreTrue() throws Exception {
        Path out = folder.resolve("out.png");
        var said = run(deep, "-o", out, "--scale", 2, "--model", "test-upscale-faithful-x2");
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).containsPattern("upscale by test-upscale-faithful-x2 on cpu in .* s:");
        try (TileStore tiles = tiles(); Picture before = read(deep, tiles); Picture after = read(out, tiles)) {
            assertThat(after.raster().bounds()).isEqualTo(new Rect(0, 0, 240, 180));
            assertThat(after.depth()).isEqualTo(Depth.SIXTEEN);
            assertThat(after.hasAlpha()).isTrue();
            assertThat(after.metadata().profile()).isEqualTo(before.metadata().profile());
            assertThat(after.metadata().resolution()).as("stays, as in other editors")
                    .isEqualTo(before.metadata().resolution());
            short[] a = Pictures.pixels(before.raster());
            short[] b = Pictures.pixels(after.raster());
            for (int x = 8; x < 230; x++) {
                int alpha = b[4 * (90 * 240 + x) + 3] & 0xffff;
                assertThat(alpha).isBetween((a[4 * (45 * 120 + x / 2) + 3] & 0xffff) - 100,
                        (a[4 * (45 * 120 + x / 2) + 3] & 0xffff) + 100);
            }
        }
    }

    @Test
    void aJpegStaysOneAndItsExifSaysTheNewSize() throws Exception {
        Path out = folder.resolve("out.jpg");
        var said = run(jpeg, "-o", out, "--size", "500x", "--model", "test-upscale-faithful-x4");
        assertThat(said.code()).as(said.err()).isZero();
        FileInfo info = PictureFiles.info(out, ReadOptions.defaults());
        assertThat(info.width()).isEqualTo(500);
        assertThat(info.height()).isEqualTo(375);
        try (TileStore tiles = tiles(); Picture after = read(out, tiles)) {
            ByteBuffer exif = ByteBuffer.wrap(Objects.requireNonNull(after.metadata().exif()));
            assertThat(exif.getInt(SUB + 2 + 8)).isEqualTo(500);
            assertThat(exif.getInt(SUB + 14 + 8)).isEqualTo(375);
            assertThat(new String(Objects.requireNonNull(after.metadata().xmp()), StandardCharsets.UTF_8))
                    .contains("exif:PixelXDimension=\"500\"", "exif:PixelYDimension=\"375\"");
        }
    }

    /// A block that names the dimensions of the small picture, in its second directory.
    private static byte[] exif() {
        ByteBuffer block = ByteBuffer.allocate(SUB + 30);
        block.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(8);
        block.putShort((short) 1).putShort((short) 0x8769).putShort((short) 4).putInt(1).putInt(SUB).putInt(0);
        block.putShort((short) 2).putShort((short) 0xa002).putShort((short) 4).putInt(1).putInt(120);
        block.putShort((short) 0xa003).putShort((short) 4).putInt(1).putInt(90).putInt(0);
        return block.array();
    }

    @ParameterizedTest
    @CsvSource({"--scale 3, --scale cannot be \"3\": use 2", "--size 20, --size cannot be \"20\": use WxH",
        "--character soft, --character cannot be \"soft\": use faithful",
        "--scale 4 --size 500x, --scale and --size contradict each other: give one of the two.",
        "--mask m.png, upscale pays no heed to a mask"})
    void whatCannotBeIsRefusedBeforeAnythingIsRead(String options, String sentence) {
        Path out = folder.resolve("out.png");
        Object[] all = Stream
                .concat(Stream.of(folder.resolve("nothing.png"), "-o", out),
                        Stream.of((Object[]) options.split(" ", -1)))
                .toArray();
        var said = run(all);
        assertThat(said.code()).isEqualTo(Cli.USAGE);
        assertThat(said.err()).startsWith("lacuna: " + sentence);
        assertThat(Files.exists(out)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"120x90", "60x", "100x100"})
    void aSizeThatIsNotLargerIsRefused(String size) {
        Path out = folder.resolve("out.png");
        var said = run(deep, "-o", out, "--size", size);
        assertThat(said.code()).isEqualTo(Cli.FAILED);
        assertThat(said.err()).contains("is not larger than the picture, which has 120×90 pixels");
        assertThat(Files.exists(out)).isFalse();
    }

    @Test
    void aResultBeyondTheLimitOrTheFormatIsRefused() {
        Path out = folder.resolve("out.webp");
        var large = run(deep, "-o", out, "--size", "1900x", "--max-megapixels", 1);
        assertThat(large.code()).isEqualTo(Cli.FAILED);
        assertThat(large.err())
                .contains("The result would have 1900×1425 pixels (2.7 megapixels), above the limit of 1");
        Path wide = folder.resolve("wide.png");
        try (TileStore tiles = tiles(); Raster line = Pictures.raster(tiles, 9000, 2, (x, y, c) -> 65535)) {
            PictureFiles.write(wide,
                    Picture.of(line.snapshot(), Depth.EIGHT, Picture.Transparency.OPAQUE).output(),
                    WriteOptions.of(FileFormats.PNG));
        } catch (FileException e) {
            throw new AssertionError(e);
        }
        var format = run(wide, "-o", out, "--scale", 2);
        assertThat(format.code()).isEqualTo(Cli.FAILED);
        assertThat(format.err()).contains("18000 × 4 pixels and the format ends at 16383 a side");
        assertThat(Files.exists(out)).isFalse();
    }

    @Test
    void itsOptionsAreExplained() {
        var said = run("--help");
        assertThat(said.code()).isZero();
        assertThat(said.out()).contains("--scale", "--size", "--character", "WxH", "faithful|crisp");
    }
}
