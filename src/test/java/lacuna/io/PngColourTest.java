package lacuna.io;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import lacuna.image.Raster;
import lacuna.image.TileStore;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/// What a PNG says of its colours without a profile.
class PngColourTest {
    private static final byte[] SRGB_POINTS = points(31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000);
    private static final byte[] P3_POINTS = points(31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000);

    @TempDir
    Path folder;

    private static byte[] points(int... values) {
        ByteBuffer body = ByteBuffer.allocate(4 * values.length);
        for (int value : values) {
            body.putInt(value);
        }
        return body.array();
    }

    private static byte[] gamma(int value) {
        return points(value);
    }

    private static byte[] codes(int primaries, int transfer) {
        return new byte[]{(byte) primaries, (byte) transfer, 0, 1};
    }

    /// A picture of one colour, without a profile.
    private byte[] plain(int r, int g, int b) throws Exception {
        Path file = folder.resolve("plain.png");
        try (TileStore store = Pictures.store(folder); Raster raster = Raster.create(store, 3, 2)) {
            short[] values = new short[3 * 2 * 4];
            for (int i = 0; i < values.length; i += 4) {
                values[i] = Rows.sixteen(r);
                values[i + 1] = Rows.sixteen(g);
                values[i + 2] = Rows.sixteen(b);
                values[i + 3] = -1;
            }
            raster.write(raster.bounds(), values);
            PictureFiles.write(file, Picture.of(raster, Depth.EIGHT, Picture.Transparency.OPAQUE).output(),
                    WriteOptions.of(FileFormats.PNG));
        }
        return Files.readAllBytes(file);
    }

    private Picture read(TileStore store, byte[] png) throws Exception {
        return PictureFiles.read(Files.write(folder.resolve("picture.png"), png), store, ReadOptions.defaults());
    }

    private static void assertShown(Picture picture, int r, int g, int b) {
        int[] argb = new int[1];
        DisplayTransform.of(picture.metadata().profile()).toDisplay(Pictures.pixel(picture.raster(), 1, 1), 1, argb, 0);
        assertThat(argb[0] >> 16 & 255).isCloseTo(r, within(1));
        assertThat(argb[0] >> 8 & 255).isCloseTo(g, within(1));
        assertThat(argb[0] & 255).isCloseTo(b, within(1));
    }

    @Test
    void linearValuesLookBrightAndAreStillLinearAfterASave() throws Exception {
        try (TileStore store = Pictures.store(folder);
                Picture picture = read(store, PngParts.with(plain(55, 128, 255), "gAMA", gamma(100_000)))) {
            // sRGB's curve (IEC 61966-2-1) of 55/255 and 128/255.
            assertShown(picture, 128, 188, 255);
            Path again = folder.resolve("again.png");
            PictureFiles.write(again, picture.output(), WriteOptions.of(FileFormats.PNG));
            try (Picture second = PictureFiles.read(again, store, ReadOptions.defaults())) {
                assertThat(Pictures.pixels(second.raster())).isEqualTo(Pictures.pixels(picture.raster()));
                assertThat(second.metadata().profile()).isNotNull().isEqualTo(picture.metadata().profile());
                assertShown(second, 128, 188, 255);
            }
        }
    }

    /// Expected values: CSS Color 4's matrices, color(display-p3 …) to sRGB.
    @Test
    void primariesCount() throws Exception {
        byte[] png = plain(200, 100, 50);
        try (TileStore store = Pictures.store(folder)) {
            try (Picture picture = read(store, PngParts.with(png, "cHRM", P3_POINTS))) {
                assertShown(picture, 215, 93, 31);
            }
            try (Picture picture = read(store, PngParts.with(png, "cICP", codes(12, 13)))) {
                assertShown(picture, 215, 93, 31);
                assertThat(picture.metadata().profileName()).contains("Display P3");
                assertThat(picture.metadata().extras()).as("the profile says it").isEmpty();
            }
        }
    }

    @Test
    void whatOnlyRepeatsSrgbAddsNoProfile() throws Exception {
        byte[] png = plain(200, 100, 50);
        byte[] both = PngParts.with(PngParts.with(png, "gAMA", gamma(45_455)), "cHRM", SRGB_POINTS);
        try (TileStore store = Pictures.store(folder); Picture picture = read(store, both)) {
            assertThat(picture.metadata().profile()).isNull();
            assertShown(picture, 200, 100, 50);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 13", "9, 1", "9, 14", "9, 15", "1, 1", "12, 8", "1, 4"})
    void codePointsBecomeAProfileThatLeavesGreyGrey(int primaries, int transfer) throws Exception {
        try (TileStore store = Pictures.store(folder);
                Picture picture = read(store, PngParts.with(plain(90, 90, 90), "cICP", codes(primaries, transfer)))) {
            assertThat(picture.notices()).isEmpty();
            IccProfile profile = requireNonNull(picture.metadata().profile());
            int[] argb = new int[1];
            DisplayTransform.of(profile).toDisplay(Pictures.pixel(picture.raster(), 1, 1), 1, argb, 0);
            assertThat(argb[0] >> 16 & 255).isCloseTo(argb[0] >> 8 & 255, within(1));
            assertThat(argb[0] & 255).isCloseTo(argb[0] >> 8 & 255, within(1));
        }
    }

    @ParameterizedTest
    @CsvSource({"16, PQ", "18, HLG"})
    void hdrIsSaidAndItsMarkStays(int transfer, String name) throws Exception {
        try (TileStore store = Pictures.store(folder);
                Picture picture = read(store, PngParts.with(plain(90, 120, 30), "cICP", codes(9, transfer)))) {
            assertThat(picture.notices()).singleElement().satisfies(notice -> {
                assertThat(notice.kind()).isEqualTo(Notice.Kind.HDR);
                assertThat(notice.message()).contains(name);
            });
            assertThat(picture.metadata().profile()).isNull();
            Path again = folder.resolve("again.png");
            PictureFiles.write(again, picture.output(), WriteOptions.of(FileFormats.PNG));
            try (Picture second = PictureFiles.read(again, store, ReadOptions.defaults())) {
                assertThat(second.notices()).isEqualTo(picture.notices());
            }
            assertThat(PictureFiles.losses(picture.output(), WriteOptions.of(FileFormats.TIFF)))
                    .containsExactly(Loss.CAPTIONS);
        }
    }

    @Test
    void aProfileOfTheFilesOwnStands() throws Exception {
        Path file = folder.resolve("tagged.png");
        try (TileStore store = Pictures.store(folder);
                Raster raster = Pictures.scene(store, 8, 8, Depth.EIGHT, Picture.Transparency.OPAQUE)) {
            PictureFiles.write(file, new Output(raster, Depth.EIGHT, Picture.Transparency.OPAQUE,
                    Metadata.NONE.withProfile(Profiles.displayP3()), null), WriteOptions.of(FileFormats.PNG));
            try (Picture picture = read(store, PngParts.with(Files.readAllBytes(file), "gAMA", gamma(100_000)))) {
                assertThat(picture.metadata().profile()).isEqualTo(Profiles.displayP3());
            }
        }
    }

    @Test
    void nonsenseIsPassedOver() throws Exception {
        byte[] png = plain(200, 100, 50);
        try (TileStore store = Pictures.store(folder)) {
            for (byte[] body : new byte[][]{new byte[32], points(0, 0, 1, 1, 1, 1, 1, 1), new byte[5],
                points(31270, 32900, -1, -1, -1, -1, -1, -1)}) {
                try (Picture picture = read(store, PngParts.with(png, "cHRM", body))) {
                    assertThat(picture.metadata().profile()).isNull();
                }
            }
            for (int value : new int[]{0, 1, -1, 45_000}) {
                try (Picture picture = read(store, PngParts.with(png, "gAMA", gamma(value)))) {
                    assertThat(picture.metadata().profile()).isNull();
                }
            }
        }
    }

    @Test
    void aGreyPictureGetsAGreyProfile() throws Exception {
        Path file = folder.resolve("grey.png");
        var image = new java.awt.image.BufferedImage(4, 4, java.awt.image.BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(1, 1, 0, 55);
        javax.imageio.ImageIO.write(image, "png", file.toFile());
        byte[] linear = PngParts.with(Files.readAllBytes(file), "gAMA", gamma(100_000));
        try (TileStore store = Pictures.store(folder); Picture picture = read(store, linear)) {
            assertShown(picture, 128, 128, 128);
            Path again = folder.resolve("again.png");
            PictureFiles.write(again, picture.output(), WriteOptions.of(FileFormats.PNG));
            FileInfo info = PictureFiles.info(again, ReadOptions.defaults());
            assertThat(info.colour()).isEqualTo(ColourModel.GREY);
            assertThat(info.profile()).isEqualTo("PNG, gamma 1.00");
        }
    }

    /// Against the numbers in the profiles of the JDK (sRGB) and of Apple (Display P3), in units of 1/65536.
    @Test
    void primariesComeOutAsInTheProfilesOfOthers() {
        assertNear(Chromaticities.BT709.underD50(), RgbProfiles.srgb());
        assertNear(Chromaticities.P3.underD50(), Profiles.displayP3());
    }

    private static void assertNear(int[][] primaries, IccProfile profile) {
        String[] names = {"rXYZ", "gXYZ", "bXYZ"};
        for (int i = 0; i < 3; i++) {
            ByteBuffer xyz = profile.element(names[i]).orElseThrow();
            for (int k = 0; k < 3; k++) {
                assertThat(primaries[i][k]).as(names[i]).isCloseTo(xyz.getInt(8 + 4 * k), within(40));
            }
        }
    }
}
