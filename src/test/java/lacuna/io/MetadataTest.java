package lacuna.io;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileStore;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/// What a file carried it still carries, and what it says about its pixels is true.
class MetadataTest {
    private static final String XMP = """
            <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
            <rdf:Description rdf:about="" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"
             xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="4">
            <exif:PixelXDimension>4000</exif:PixelXDimension>
            <xmp:Thumbnails><rdf:Alt><rdf:li>OLDTHUMB</rdf:li></rdf:Alt></xmp:Thumbnails>
            </rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>""";

    @TempDir
    Path folder;

    private static Metadata metadata(ByteOrder order) {
        return new Metadata(Profiles.displayP3(), ExifBlocks.block(order, 6, 4000, 3000),
                XMP.getBytes(StandardCharsets.UTF_8), new Resolution(300, 240));
    }

    @ParameterizedTest
    @CsvSource({"png,BIG", "png,LITTLE", "jpg,BIG", "jpg,LITTLE", "tif,BIG", "tif,LITTLE", "webp,BIG", "webp,LITTLE"})
    void everythingIsCarriedAndMadeTrue(String ending, String endian) throws Exception {
        ByteOrder order = endian.equals("BIG") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        Path file = folder.resolve("picture." + ending);
        try (TileStore store = Pictures.store(folder);
                Raster raster = Pictures.scene(store, 300, 200, Depth.EIGHT, Picture.Transparency.OPAQUE)) {
            PictureFiles.write(file,
                    new Output(raster, Depth.EIGHT, Picture.Transparency.OPAQUE, metadata(order), null),
                    WriteOptions.forPath(file, null));
            try (Picture picture = PictureFiles.read(file, store, ReadOptions.defaults())) {
                assertThat(picture.notices()).isEmpty();
                assertThat(picture.raster().bounds()).as("not turned again").isEqualTo(new Rect(0, 0, 300, 200));
                assertThat(picture.metadata().profile()).isEqualTo(Profiles.displayP3());
                assertThat(picture.metadata().profileName()).contains("Display P3");
                String xmp = new String(requireNonNull(picture.metadata().xmp()), StandardCharsets.UTF_8);
                assertThat(xmp).contains("tiff:Orientation=\"1\"", "<exif:PixelXDimension>300<", "xmp:Rating=\"4\"")
                        .doesNotContain("OLDTHUMB");
                ExifSummary exif = requireNonNull(PictureFiles.info(file, ReadOptions.defaults()).exif());
                assertThat(exif.camera()).isEqualTo("Lacuna Cam");
                assertThat(exif.date()).isEqualTo("2026:11:22 10:00:00");
                assertThat(Exif.of(requireNonNull(picture.metadata().exif())).orElseThrow().orientation()).isEqualTo(1);
                if (!ending.equals("webp")) {
                    assertThat(requireNonNull(picture.metadata().resolution()).x()).isCloseTo(300, within(0.02));
                    assertThat(requireNonNull(picture.metadata().resolution()).y()).isCloseTo(240, within(0.02));
                }
            }
        }
        byte[] bytes = Files.readAllBytes(file);
        assertThat(ExifBlocks.contains(bytes, ExifBlocks.OLD_THUMBNAIL)).as("the old thumbnail is gone").isFalse();
        assertThat(ExifBlocks.contains(bytes, ExifBlocks.OLD_PREVIEW)).as("the old preview is gone").isFalse();
        assertThat(ExifBlocks.contains(bytes, "MAKER NOTE".getBytes(StandardCharsets.US_ASCII))).isTrue();
    }

    @Test
    void theNameOfAProfileIsOneShortLine() {
        assertThat(RgbProfiles.matrix("A name", new int[3][3], RgbProfiles.gamma(1)).name()).isEqualTo("A name");
        byte[] hostile = RgbProfiles.matrix("A[2Jname" + "x".repeat(500), new int[3][3], RgbProfiles.gamma(1)).bytes()
                .clone();
        int at = new String(hostile, StandardCharsets.ISO_8859_1).indexOf("A[2J");
        hostile[at + 1] = 27;
        hostile[at + 3] = '\n';
        assertThat(IccProfile.of(hostile).orElseThrow().name()).startsWith("A 2 name").endsWith("…").hasSize(201);
    }

    @Test
    void aPanoramaThatGrewCoversAsMuchOfTheSphereAsBefore() {
        String packet = XMP.replace("xmp:Rating=", """
                xmlns:GPano="http://ns.google.com/photos/1.0/panorama/" GPano:ProjectionType="equirectangular"
                 GPano:CroppedAreaImageWidthPixels="1500" GPano:CroppedAreaLeftPixels='250' xmp:Rating=""")
                .replace("<xmp:Thumbnails>",
                        """
                                <GPano:FullPanoWidthPixels>2000</GPano:FullPanoWidthPixels>
                                <GPano:CroppedAreaImageHeightPixels>1000</GPano:CroppedAreaImageHeightPixels>
                                <GPano:FullPanoHeightPixels>1000</GPano:FullPanoHeightPixels><GPano:InitialHorizontalFOVDegrees>75</GPano:InitialHorizontalFOVDegrees>
                                <xmp:Thumbnails>""");
        byte[] bytes = packet.getBytes(StandardCharsets.UTF_8);
        assertThat(new String(Xmp.madeTrue(bytes, 6000, 2000).orElseThrow(), StandardCharsets.UTF_8))
                .contains("CroppedAreaImageWidthPixels=\"6000\"", "CroppedAreaLeftPixels=\"1000\"",
                        "<GPano:FullPanoWidthPixels>8000<", "<GPano:CroppedAreaImageHeightPixels>2000<",
                        "<GPano:FullPanoHeightPixels>2000<", "FOVDegrees>75<");
        assertThat(new String(Xmp.madeTrue(bytes, 1500, 1000).orElseThrow(), StandardCharsets.UTF_8))
                .as("of the same size, nothing moves")
                .contains("CroppedAreaLeftPixels='250'", "<GPano:FullPanoWidthPixels>2000<");
    }

    @Test
    void xmpLosesThePicturesInIt() {
        String packet = XMP.replace("xmp:Rating=", """
                xmlns:GImage="http://ns.google.com/photos/1.0/image/" GImage:Mime="image/jpeg" GImage:Data="BEFOREBLUR"
                 xmlns:GDepth="http://ns.google.com/photos/1.0/depthmap/" GDepth:Data='DEPTHS' xmp:Rating=""")
                .replace("<xmp:Thumbnails>", "<GImage:Data>ASELEMENT</GImage:Data><xmp:Thumbnails>");
        String made = new String(Xmp.madeTrue(packet.getBytes(StandardCharsets.UTF_8), 300, 200).orElseThrow(),
                StandardCharsets.UTF_8);
        assertThat(made).contains("GImage:Mime=\"image/jpeg\"", "xmp:Rating=\"4\"")
                .doesNotContain("BEFOREBLUR", "DEPTHS", "ASELEMENT", "OLDTHUMB");
    }

    /// An EXIF block is a TIFF file: what it says of pixels is not said of these.
    @ParameterizedTest
    @ValueSource(ints = {0x0103, 0x010a, 0x0111, 0x013d, 0x0140, 0x0142, 0x0153, 0x8773, 0x02bc})
    void exifDoesNotSayHowThePixelsOfATiffLie(int tag) throws Exception {
        ByteBuffer block = ByteBuffer.wrap(ExifBlocks.block(ByteOrder.BIG_ENDIAN, 1, 300, 200));
        // In the place of the date: one SHORT, 3.
        int entry = 8 + 2 + 2 * 12;
        assertThat(block.getShort(entry)).isEqualTo((short) 0x0132);
        block.putShort(entry, (short) tag).putShort(entry + 2, (short) 3).putInt(entry + 4, 1)
                .putInt(entry + 8, 3 << 16);
        Path file = folder.resolve("picture.tif");
        try (TileStore store = Pictures.store(folder);
                Raster raster = Pictures.scene(store, 300, 200, Depth.EIGHT, Picture.Transparency.OPAQUE)) {
            PictureFiles.write(file, new Output(raster, Depth.EIGHT, Picture.Transparency.OPAQUE,
                    Metadata.NONE.withExif(block.array()), null), WriteOptions.of(FileFormats.TIFF));
            try (Picture picture = PictureFiles.read(file, store, ReadOptions.defaults())) {
                assertThat(picture.notices()).isEmpty();
                assertThat(Pictures.pixels(picture.raster())).isEqualTo(Pictures.pixels(raster));
            }
        }
    }

    @Test
    void theThumbnailShowsTheSavedPicture() throws Exception {
        try (TileStore store = Pictures.store(folder); Raster raster = Raster.create(store, 400, 300)) {
            short[] red = new short[400 * 300 * 4];
            for (int i = 0; i < red.length; i += 4) {
                red[i] = (short) (220 * 257);
                red[i + 1] = 20 * 257;
                red[i + 3] = -1;
            }
            raster.write(raster.bounds(), red);
            byte[] block = requireNonNull(TrueMetadata.of(new Output(raster, Depth.EIGHT, Picture.Transparency.OPAQUE,
                    metadata(ByteOrder.BIG_ENDIAN), null)).metadata().exif());
            int start = 1100;
            if (block[start] != (byte) 0xff) {
                start = new String(block, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00d8\u00ff");
            }
            var image = requireNonNull(ImageIO.read(new ByteArrayInputStream(block, start, block.length - start)));
            assertThat(image.getWidth()).isEqualTo(160);
            assertThat(image.getHeight()).isEqualTo(120);
            int rgb = image.getRGB(80, 60);
            assertThat(rgb >> 16 & 255).isCloseTo(220, within(6));
            assertThat(rgb >> 8 & 255).isCloseTo(20, within(6));
        }
    }

    @Test
    void brokenExifNeverCrashesAndIsKeptOutOrHarmless() throws Exception {
        byte[] good = ExifBlocks.block(ByteOrder.LITTLE_ENDIAN, 6, 40, 30);
        Random random = new Random(4);
        try (TileStore store = Pictures.store(folder);
                Raster raster = Pictures.scene(store, 40, 30, Depth.EIGHT, Picture.Transparency.OPAQUE)) {
            for (int i = 0; i < 2000; i++) {
                byte[] bad = Arrays.copyOf(good, i % 3 == 0 ? random.nextInt(good.length) : good.length);
                for (int k = 0; k < 6 && bad.length > 0; k++) {
                    bad[random.nextInt(bad.length)] = (byte) random.nextInt();
                    bad[random.nextInt(Math.min(bad.length, 60))] = (byte) random.nextInt();
                }
                TrueMetadata.of(new Output(raster, Depth.EIGHT, Picture.Transparency.OPAQUE,
                        Metadata.NONE.withExif(bad), null));
                ExifSummary.of(bad);
            }
        }
    }

    @Test
    void xmpAboveOneSegmentGoesThroughJpegWhole() throws Exception {
        String big = XMP.replace("</rdf:Description>", "<xmp:Label>" + "x".repeat(200_000)
                + "</xmp:Label></rdf:Description>");
        Path file = folder.resolve("picture.jpg");
        try (TileStore store = Pictures.store(folder);
                Raster raster = Pictures.scene(store, 60, 40, Depth.EIGHT, Picture.Transparency.OPAQUE)) {
            PictureFiles.write(file, new Output(raster, Depth.EIGHT, Picture.Transparency.OPAQUE,
                    Metadata.NONE.withXmp(big.getBytes(StandardCharsets.UTF_8)), null),
                    WriteOptions.of(FileFormats.JPEG));
            try (Picture picture = PictureFiles.read(file, store, ReadOptions.defaults())) {
                String xmp = new String(requireNonNull(picture.metadata().xmp()), StandardCharsets.UTF_8);
                assertThat(xmp).contains("x".repeat(200_000), "Rating").doesNotContain("HasExtendedXMP");
            }
        }
    }

    @Test
    void aProfileAboveOneSegmentGoesThroughJpegWhole() throws Exception {
        byte[] bytes = Arrays.copyOf(Profiles.displayP3().bytes(), 150_000);
        ByteBuffer.wrap(bytes).putInt(0, bytes.length);
        IccProfile large = IccProfile.of(bytes).orElseThrow();
        Path file = folder.resolve("picture.jpg");
        try (TileStore store = Pictures.store(folder);
                Raster raster = Pictures.scene(store, 60, 40, Depth.EIGHT, Picture.Transparency.OPAQUE)) {
            PictureFiles.write(file, new Output(raster, Depth.EIGHT, Picture.Transparency.OPAQUE,
                    Metadata.NONE.withProfile(large), null), WriteOptions.of(FileFormats.JPEG));
            try (Picture picture = PictureFiles.read(file, store, ReadOptions.defaults())) {
                assertThat(picture.metadata().profile()).isEqualTo(large);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tif"})
    void aGreyFileComesBackGreyBitForBitWithItsProfile(String ending) throws Exception {
        Path first = folder.resolve("first." + ending);
        Path second = folder.resolve("second." + ending);
        IccProfile grey = Profiles.grey();
        try (TileStore store = Pictures.store(folder);
                Raster raster = Pictures.greyScene(store, 200, 100, Depth.SIXTEEN)) {
            FileFormat format = FileFormats.byEnding(ending).orElseThrow();
            Source source = new Source(format, ColourModel.GREY, null, Source.WebpCoding.LOSSLESS, grey);
            PictureFiles.write(first, new Output(raster, Depth.SIXTEEN, Picture.Transparency.OPAQUE, Metadata.NONE,
                    source), WriteOptions.of(format));
            try (Picture picture = PictureFiles.read(first, store, ReadOptions.defaults())) {
                assertThat(requireNonNull(picture.metadata().profile()).space()).isEqualTo(IccProfile.Space.RGB);
                assertThat(picture.notices()).extracting(Notice::kind).containsExactly(Notice.Kind.GREY_AS_RGB);
                PictureFiles.write(second, picture.output(), WriteOptions.of(format));
                assertThat(Files.readAllBytes(second)).isEqualTo(Files.readAllBytes(first));
                short[] pixel = {30000, 0, 0, -1};
                picture.raster().write(new Rect(5, 5, 1, 1), pixel);
                PictureFiles.write(second, picture.output(), WriteOptions.of(format));
                FileInfo info = PictureFiles.info(second, ReadOptions.defaults());
                assertThat(info.colour()).isEqualTo(ColourModel.RGB);
                assertThat(info.profile()).isEqualTo("RGB like " + grey.name());
            }
        }
    }

    @Test
    void aJpegKeepsItsCaptionsAndCommentButNoOldThumbnailOfPhotoshop() throws Exception {
        byte[] iptc = {0x1c, 2, 25, 0, 3, 'k', 'e', 'y'};
        byte[] resources = joined(resource(0x0404, iptc), resource(0x040c, ExifBlocks.OLD_THUMBNAIL),
                resource(0x07d0, new byte[]{1, 2, 3}));
        assertThat(PhotoshopResources.carried(resources))
                .isEqualTo(joined(resource(0x0404, iptc), resource(0x07d0, new byte[]{1, 2, 3})));
        assertThat(PhotoshopResources.carried(Arrays.copyOf(resources, 40)))
                .as("the second one is cut off").isEqualTo(resource(0x0404, iptc));
        Path file = folder.resolve("picture.jpg");
        Path again = folder.resolve("again.jpg");
        try (TileStore store = Pictures.store(folder);
                Raster raster = Pictures.scene(store, 60, 40, Depth.EIGHT, Picture.Transparency.OPAQUE)) {
            // More than one segment holds.
            byte[] large = joined(resource(0x0404, iptc), resource(0x07d1, new byte[100_000]));
            Metadata metadata = Metadata.NONE.withExtras(List.of(
                    new Metadata.Extra("jpeg", "COM", "a comment".getBytes(StandardCharsets.UTF_8)),
                    new Metadata.Extra("jpeg", "APP13", large)));
            PictureFiles.write(file,
                    new Output(raster, Depth.EIGHT, Picture.Transparency.OPAQUE, metadata, null),
                    WriteOptions.of(FileFormats.JPEG));
            try (Picture picture = PictureFiles.read(file, store, ReadOptions.defaults())) {
                PictureFiles.write(again, picture.output(), WriteOptions.of(FileFormats.JPEG));
                assertThat(PictureFiles.losses(picture.output(), WriteOptions.of(FileFormats.PNG)))
                        .containsExactly(Loss.CAPTIONS);
            }
            try (Picture picture = PictureFiles.read(again, store, ReadOptions.defaults())) {
                assertThat(picture.metadata().extras()).hasSize(2).anySatisfy(
                        extra -> assertThat(extra.body()).isEqualTo("a comment".getBytes(StandardCharsets.UTF_8)))
                        .anySatisfy(extra -> assertThat(extra.body()).isEqualTo(large));
            }
        }
    }

    @Test
    void aPngKeepsItsTexts() throws Exception {
        Path file = folder.resolve("picture.png");
        Path again = folder.resolve("again.png");
        byte[] author = "Author\0Ann M\u00fcller".getBytes(StandardCharsets.ISO_8859_1);
        byte[] title = "Title\0\0\0\0\0\u4e2d".getBytes(StandardCharsets.UTF_8);
        try (TileStore store = Pictures.store(folder);
                Raster raster = Pictures.scene(store, 60, 40, Depth.EIGHT, Picture.Transparency.OPAQUE)) {
            PictureFiles.write(file, Picture.of(raster, Depth.EIGHT, Picture.Transparency.OPAQUE).output(),
                    WriteOptions.of(FileFormats.PNG));
            Files.write(file, PngParts.with(PngParts.with(Files.readAllBytes(file), "tEXt", author), "iTXt", title));
            try (Picture picture = PictureFiles.read(file, store, ReadOptions.defaults())) {
                PictureFiles.write(again, picture.output(), WriteOptions.of(FileFormats.PNG));
            }
        }
        byte[] bytes = Files.readAllBytes(again);
        assertThat(ExifBlocks.contains(bytes, author)).isTrue();
        assertThat(ExifBlocks.contains(bytes, title)).isTrue();
    }

    @Test
    void exifThatAJpegCannotHoldIsALossSaidBeforeTheSave() {
        byte[] block = Arrays.copyOf(ExifBlocks.block(ByteOrder.BIG_ENDIAN, 1, 60, 40), 70_000);
        Metadata metadata = Metadata.NONE.withExif(block);
        assertThat(FileFormats.JPEG.losses(metadata)).containsExactly(Loss.METADATA);
        assertThat(FileFormats.PNG.losses(metadata)).isEmpty();
        assertThat(FileFormats.JPEG.losses(metadata(ByteOrder.BIG_ENDIAN))).isEmpty();
    }

    private static byte[] resource(int id, byte[] data) {
        ByteBuffer all = ByteBuffer.allocate(12 + data.length + data.length % 2);
        return all.putInt(0x3842494d).putShort((short) id).putShort((short) 0).putInt(data.length).put(data).array();
    }

    private static byte[] joined(byte[]... parts) {
        var all = new java.io.ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
