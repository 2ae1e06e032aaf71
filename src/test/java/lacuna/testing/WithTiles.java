package lacuna.testing;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import lacuna.image.TileStore;

import static org.assertj.core.api.Assertions.assertThat;

/// A test of pixels: has a store for them, and leaves nothing in it.
@SuppressWarnings("NullAway.Init")
public abstract class WithTiles {
    @TempDir
    protected Path folder;
    protected TileStore store;

    @BeforeEach
    void openStore() {
        store = new TileStore(256L << 20, folder);
    }

    @AfterEach
    void closeStore() {
        assertThat(store.residentBytes()).as("tiles left behind").isZero();
        store.close();
    }
}
