package lacuna.model;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ManifestTileTest {
    private static final ModelLibrary MODELS = ModelLibrary.of(List.of(Path.of("models")));
    private static final Manifest INPAINT = MODELS.forTask("inpaint").getFirst().manifest();

    @Test
    void tilesShrinkAsFarAsTheHaloAllowsAndNeverGrow() {
        // 512 with a halo of 64, in multiples of 64.
        assertThat(INPAINT.withTile(400).tile()).isEqualTo(384);
        assertThat(INPAINT.withTile(1).tile()).isEqualTo(256);
        assertThat(INPAINT.withTile(0).withTile(-5).tile()).isEqualTo(256);
        assertThat(INPAINT.withTile(4096)).isEqualTo(INPAINT);
        assertThat(INPAINT.withTile(400).sha256()).isEqualTo(INPAINT.sha256());
    }

    @Test
    void aLibraryWithSmallerTilesIsOtherwiseTheSame() throws Exception {
        ModelLibrary smaller = MODELS.withTiles(manifest -> manifest.tile() / 2);
        InstalledModel model = smaller.forTask("inpaint").getFirst();
        assertThat(model.manifest().tile()).isEqualTo(256);
        assertThat(model.file()).isEqualTo(MODELS.forTask("inpaint").getFirst().file());
        smaller.verify(model);
        assertThat(smaller.problems()).isEqualTo(MODELS.problems());
    }
}
