package lacuna.io;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// What is said about files that are not what they should be.
class OpeningTest {
    @TempDir
    Path folder;

    private Path picture(String name) throws FileException {
        Path file = folder.resolve(name);
        try (TileStore store = Pictures.store(folder);
                Raster raster = Pictures.scene(store, 200, 150, Depth.EIGHT, Picture.Transparency.OPAQUE)) {
            PictureFiles.write(file, Picture.of(raster, Depth.EIGHT, Picture.Transparency.OPAQUE).output(),
                    WriteOptions.forPath(file, null));
        }
        return file;
    }

    private static void cut(Path file, int bytes) throws IOException {
        byte[] all = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(all, all.length - bytes));
    }

    private static List<Notice.Kind> info(Path file) throws FileException {
        return PictureFiles.info(file, ReadOptions.defaults()).notices().stream().map(Notice::kind).toList();
    }

    private void assertRefused(Path file, Problem problem, String words) {
        assertThatThrownBy(() -> PictureFiles.info(file, ReadOptions.defaults()))
                .isInstanceOfSatisfying(FileException.class, e -> assertThat(e.problem()).isEqualTo(problem))
                .hasMessageContaining(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"picture.png", "picture.jpg"})
    void infoSeesThatTheEndIsMissingWithoutDecodingAnyPixel(String name) throws Exception {
        Path file = picture(name);
        assertThat(info(file)).isEmpty();
        cut(file, 1000);
        assertThat(info(file)).containsExactly(Notice.Kind.ENDS_EARLY);
    }

    @ParameterizedTest
    @CsvSource({"picture.png,12", "picture.jpg,2"})
    void aFileThatLacksOnlyItsEndMarkerIsOpened(String name, int marker) throws Exception {
        Path file = picture(name);
        cut(file, marker);
        try (TileStore store = Pictures.store(folder);
                Picture picture = PictureFiles.read(file, store, ReadOptions.defaults())) {
            assertThat(picture.notices()).extracting(Notice::kind).containsExactly(Notice.Kind.MISSING_END);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"BM000000|UNSUPPORTED_FORMAT|is a picture in the BMP format, which",
        "%PDF-1.7|NOT_A_PICTURE|is not a picture (it looks like a PDF document);",
        "....................................acsp|NOT_A_PICTURE|(it looks like a colour profile);",
        "\u00e9\u00e8\u00e7|UNKNOWN_CONTENT|is in no format that Lacuna knows;",
        "Dear Sir|NOT_A_PICTURE|(it looks like text);"})
    void whatAFileIsInsteadIsSaidNaturally(String content, Problem problem, String words) throws IOException {
        assertRefused(Files.writeString(folder.resolve("file.png"), content, StandardCharsets.ISO_8859_1), problem,
                words);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no pipes among its files")
    void aPipeIsRefusedInsteadOfWaitedFor() throws Exception {
        Path pipe = folder.resolve("pipe.png");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        assertRefused(pipe, Problem.NOT_A_FILE, "is no plain file;");
    }

    @Test
    void bytesThatTheSystemDoesNotGiveAreNoDamage() throws Exception {
        ByteSource source = new ByteSource(picture("picture.png"));
        source.close();
        assertThatThrownBy(source::u8).isInstanceOfSatisfying(Flaw.class,
                flaw -> assertThat(flaw.problem).isEqualTo(Problem.READ_FAILED));
    }

    @Test
    void aMaskMayBeVeryWide() throws Exception {
        Path file = folder.resolve("wide.png");
        BufferedImage line = new BufferedImage(9_000_000, 1, BufferedImage.TYPE_BYTE_GRAY);
        line.getRaster().setSample(8_999_999, 0, 0, 255);
        ImageIO.write(line, "png", file.toFile());
        try (TileStore store = Pictures.store(folder);
                Mask mask = PictureFiles.readMask(file, store, ReadOptions.defaults())) {
            assertThat(mask.coveredBounds()).isEqualTo(new Rect(8_999_999, 0, 1, 1));
        }
    }

    @Test
    void whatFailsBesideTheFileIsNoDamageOfIt() throws Exception {
        Path file = picture("picture.png");
        try (TileStore store = Pictures.store(folder)) {
            UncheckedIOException full = new UncheckedIOException(new IOException("No space left on device"));
            assertThatThrownBy(() -> PictureFiles.read(file, store, ReadOptions.defaults().watchedBy((done, total) -> {
                throw full;
            }))).isSameAs(full);
        }
    }

    @Test
    void aJpegOfManyPassesIsRefusedBeforeTheyAreMade() throws Exception {
        Path file = folder.resolve("passes.jpg");
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
        ImageWriter writer = ImageCodecs.jdkWriter("jpeg");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        byte[] jpeg = bytes.toByteArray();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(jpeg, 0, jpeg.length - 2);
        for (int i = 0; i < 1000; i++) {
            // A scan of the first component's last bit, empty.
            all.writeBytes(new byte[]{(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 1, 63, 0x10});
        }
        all.write(jpeg, jpeg.length - 2, 2);
        Files.write(file, all.toByteArray());
        try (TileStore store = Pictures.store(folder)) {
            assertThatThrownBy(() -> PictureFiles.read(file, store, ReadOptions.defaults()).close())
                    .isInstanceOfSatisfying(FileException.class,
                            e -> assertThat(e.problem()).isEqualTo(Problem.UNSUPPORTED_VARIANT))
                    .hasMessageContaining("passes over the picture");
        }
    }

    @Test
    void aNameWithPlacesInItIsNamedAsItIs() {
        assertRefused(folder.resolve("{1}{0}.png"), Problem.NOT_FOUND, "“{1}{0}.png” does not exist;");
        assertThat(new FileException(Problem.DAMAGED, Path.of("{1}.png"), null, "a $1 reason"))
                .hasMessage("“{1}.png” is damaged (a $1 reason); fetch or copy the file again.");
    }

    @Test
    void anEntryMayNameItsOwnWayOut() {
        FileException e = new FileException(Problem.TOO_MANY_PIXELS, Path.of("a.png"), null, 5, 4, "20", "10");
        assertThat(e.withWayOut("turn the knob")).isEqualTo(
                "“a.png” says it has 5 × 4 pixels (20 megapixels), above the limit of 10; turn the knob.");
    }
}
