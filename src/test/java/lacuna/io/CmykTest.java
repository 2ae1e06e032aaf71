package lacuna.io;

import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import lacuna.image.TileStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/// JPEG files of four inks.
class CmykTest {
    /// Cyan, magenta, yellow, black, in hundredths.
    private static final int[][] INKS = {{0, 0, 0, 0}, {100, 0, 0, 0}, {0, 100, 0, 0}, {0, 0, 100, 0}, {0, 0, 0, 100},
        {60, 20, 0, 10}, {10, 80, 30, 40}, {0, 0, 0, 50}};
    private static final int PATCH = 32;

    @TempDir
    Path folder;

    /// How a file's values stand for ink: Adobe's programs write 255 for none, and say that it was they.
    enum Writer {
        ADOBE, OTHERS
    }

    @ParameterizedTest
    @EnumSource
    void inksGoThroughTheProfileOfTheFile(Writer writer) throws Exception {
        IccProfile profile = Profiles.oddInks();
        Path file = write(writer, profile);
        ICC_ColorSpace space = new ICC_ColorSpace(ICC_Profile.getInstance(profile.bytes()));
        try (TileStore store = Pictures.store(folder);
                Picture picture = PictureFiles.read(file, store, ReadOptions.defaults())) {
            assertThat(picture.notices()).singleElement().satisfies(notice -> {
                assertThat(notice.kind()).isEqualTo(Notice.Kind.CMYK_TO_SRGB);
                assertThat(notice.message()).contains("Odd inks");
            });
            assertThat(picture.metadata().profile()).as("of the RGB pixels").isEqualTo(RgbProfiles.srgb());
            for (int i = 0; i < INKS.length; i++) {
                float[] inks = new float[4];
                for (int c = 0; c < 4; c++) {
                    inks[c] = INKS[i][c] / 100f;
                }
                float[] expected = space.toRGB(inks);
                assertNear(picture, i, expected[0] * 255, expected[1] * 255, expected[2] * 255);
            }
            short[] cyan = Pictures.pixel(picture.raster(), PATCH + PATCH / 2, PATCH / 2);
            assertThat(cyan[0] & 0xffff).as("this profile prints cyan in red").isGreaterThan(cyan[1] & 0xffff);
            PictureFiles.write(folder.resolve("again.jpg"), picture.output(), WriteOptions.of(FileFormats.JPEG));
        }
        FileInfo again = PictureFiles.info(folder.resolve("again.jpg"), ReadOptions.defaults());
        assertThat(again.colour()).isEqualTo(ColourModel.RGB);
        assertThat(again.profile()).as("never a profile of inks").isEqualTo(RgbProfiles.srgb().name());
    }

    @Test
    void inksWithoutAProfileFollowThePlainFormula() throws Exception {
        Path file = write(Writer.ADOBE, null);
        try (TileStore store = Pictures.store(folder);
                Picture picture = PictureFiles.read(file, store, ReadOptions.defaults())) {
            assertThat(picture.notices()).extracting(Notice::kind).containsExactly(Notice.Kind.CMYK_WITHOUT_PROFILE);
            for (int i = 0; i < INKS.length; i++) {
                double light = 255 * (1 - INKS[i][3] / 100.0);
                assertNear(picture, i, light * (1 - INKS[i][0] / 100.0), light * (1 - INKS[i][1] / 100.0),
                        light * (1 - INKS[i][2] / 100.0));
            }
        }
    }

    private static void assertNear(Picture picture, int patch, double... rgb) {
        short[] pixel = Pictures.pixel(picture.raster(), patch * PATCH + PATCH / 2, PATCH / 2);
        for (int c = 0; c < 3; c++) {
            assertThat((pixel[c] & 0xffff) / 257.0).as("%s, channel %d", Arrays.toString(INKS[patch]), c)
                    .isCloseTo(rgb[c], within(3.0));
        }
        assertThat(pixel[3]).isEqualTo((short) -1);
    }

    /// A patch of each mixture of inks, side by side.
    private Path write(Writer writer, @Nullable IccProfile profile) throws IOException {
        WritableRaster raster = java.awt.image.Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE,
                INKS.length * PATCH, PATCH, 4, null);
        for (int x = 0; x < raster.getWidth(); x++) {
            for (int c = 0; c < 4; c++) {
                int ink = Math.round(INKS[x / PATCH][c] * 2.55f);
                for (int y = 0; y < PATCH; y++) {
                    raster.setSample(x, y, c, writer == Writer.ADOBE ? 255 - ink : ink);
                }
            }
        }
        byte[] bare = encoded(raster);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(bare, 0, 2);
        if (writer == Writer.ADOBE) {
            segment(file, 0xee, "Adobe", new byte[]{0, 100, 0, 0, 0, 0, 0});
        }
        if (profile != null) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.write(1);
            body.write(1);
            body.writeBytes(profile.bytes());
            segment(file, 0xe2, "ICC_PROFILE\0", body.toByteArray());
        }
        file.write(bare, 2, bare.length - 2);
        return Files.write(folder.resolve("inks.jpg"), file.toByteArray());
    }

    private static byte[] encoded(WritableRaster raster) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageCodecs.jdkWriter("jpeg");
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(1);
            writer.setOutput(out);
            writer.write(null, new IIOImage(raster, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static void segment(ByteArrayOutputStream file, int marker, String label, byte[] body) {
        int length = label.length() + body.length + 2;
        file.write(0xff);
        file.write(marker);
        file.write(length >> 8);
        file.write(length);
        file.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(body);
    }
}
