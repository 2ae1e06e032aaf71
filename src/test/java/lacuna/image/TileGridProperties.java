package lacuna.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/// Rasters against the plainest thing that could hold the same pixels: an array.
class TileGridProperties {
    @Property(tries = 40)
    void writesReadsAndSnapshotsBehaveLikeArraysEvenWhenTilesSpill(@ForAll @IntRange(min = 1, max = 1500) int width,
            @ForAll @IntRange(min = 1, max = 1500) int height, @ForAll @LongRange(min = 0) long seed)
            throws IOException {
        Random random = new Random(seed);
        try (TileStore store = new TileStore(16 << 20, Path.of(System.getProperty("java.io.tmpdir")))) {
            List<Raster> rasters = new ArrayList<>(List.of(Raster.create(store, width, height)));
            List<short[]> models = new ArrayList<>(List.of(new short[width * height * 4]));
            for (int step = 0; step < 12; step++) {
                int i = random.nextInt(rasters.size());
                switch (random.nextInt(4)) {
                    case 0 -> {
                        rasters.add(rasters.get(i).snapshot());
                        models.add(models.get(i).clone());
                    }
                    case 1 -> {
                        if (rasters.size() > 1) {
                            rasters.remove(i).close();
                            models.remove(i);
                        }
                    }
                    default -> write(random, rasters.get(i), models.get(i));
                }
            }
            for (int i = 0; i < rasters.size(); i++) {
                short[] pixels = new short[width * height * 4];
                rasters.get(i).read(rasters.get(i).bounds(), pixels);
                assertThat(pixels).isEqualTo(models.get(i));
                rasters.get(i).close();
            }
            assertThat(store.residentBytes()).isZero();
        }
    }

    private static void write(Random random, Raster raster, short[] model) {
        Rect area = area(random, raster.bounds());
        short[] source = new short[(int) area.area() * 4];
        for (int i = 0; i < source.length; i++) {
            source[i] = (short) random.nextInt();
        }
        raster.write(area, source);
        for (int y = 0; y < area.height(); y++) {
            System.arraycopy(source, y * area.width() * 4, model,
                    ((area.y() + y) * raster.width() + area.x()) * 4, area.width() * 4);
        }
    }

    private static Rect area(Random random, Rect bounds) {
        int width = 1 + random.nextInt(bounds.width());
        int height = 1 + random.nextInt(bounds.height());
        return new Rect(random.nextInt(bounds.width() - width + 1), random.nextInt(bounds.height() - height + 1), width,
                height);
    }

    @Property(tries = 60)
    void swappingADeltaBackAndForthIsUndoAndRedo(@ForAll @LongRange(min = 0) long seed) {
        Random random = new Random(seed);
        try (TileStore store = new TileStore(16 << 20, Path.of(System.getProperty("java.io.tmpdir")));
                Mask mask = Mask.create(store, 1 + random.nextInt(900), 1 + random.nextInt(900))) {
            mask.fill(area(random, mask.bounds()), 1 + random.nextInt(255));
            byte[] before = read(mask);
            try (Mask old = mask.snapshot()) {
                for (int i = 0; i < 3; i++) {
                    mask.fill(area(random, mask.bounds()), random.nextInt(256));
                }
                byte[] after = read(mask);
                try (TileDelta delta = TileDelta.between(old, mask)) {
                    delta.swap(mask);
                    assertThat(read(mask)).isEqualTo(before);
                    delta.swap(mask);
                    assertThat(read(mask)).isEqualTo(after);
                }
            }
        }
    }

    private static byte[] read(Mask mask) {
        byte[] pixels = new byte[(int) mask.bounds().area()];
        mask.read(mask.bounds(), pixels);
        return pixels;
    }

    @Property(tries = 5)
    void snapshotsAreReadOnOtherThreadsWhileTheOriginalIsPaintedAndSpilled(@ForAll @LongRange(min = 0) long seed)
            throws Exception {
        Path folder = Files.createTempDirectory("lacuna-test");
        try (TileStore store = new TileStore(16 << 20, folder);
                Raster raster = Raster.create(store, 2048, 1024);
                var readers = Executors.newFixedThreadPool(3)) {
            Random random = new Random(seed);
            short[] model = new short[2048 * 1024 * 4];
            List<Future<Boolean>> checks = new ArrayList<>();
            for (int step = 0; step < 12; step++) {
                write(random, raster, model);
                Raster snapshot = raster.snapshot();
                short[] expected = model.clone();
                Callable<Boolean> check = () -> {
                    try (snapshot) {
                        short[] pixels = new short[expected.length];
                        snapshot.read(snapshot.bounds(), pixels);
                        return java.util.Arrays.equals(pixels, expected);
                    }
                };
                checks.add(readers.submit(check));
            }
            for (Future<Boolean> check : checks) {
                assertThat(check.get()).isTrue();
            }
        } finally {
            Files.delete(folder);
        }
    }
}
