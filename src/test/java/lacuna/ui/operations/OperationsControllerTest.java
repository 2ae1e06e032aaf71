package lacuna.ui.operations;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;

import lacuna.document.Layer;
import lacuna.editor.Editor;
import lacuna.editor.EditorServices;
import lacuna.image.BrushTip;
import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;
import lacuna.image.TileStore;
import lacuna.inference.ort.OrtEngine;
import lacuna.io.Depth;
import lacuna.io.Picture;
import lacuna.job.JobQueue;
import lacuna.model.ModelLibrary;
import lacuna.operation.Operation;
import lacuna.operation.OperationContext;
import lacuna.operation.Parameter;
import lacuna.operation.ParameterValues;
import lacuna.operation.Provenance;
import lacuna.operation.Request;
import lacuna.operation.Result;
import lacuna.settings.SettingsStore;
import lacuna.ui.fx.Debounce;
import lacuna.ui.fx.ManualTimer;
import lacuna.ui.kit.Language;
import lacuna.ui.kit.Texts;
import lacuna.ui.state.DeviceNames;
import lacuna.ui.state.EditorState;

import static org.assertj.core.api.Assertions.assertThat;

/// When the panel asks for a preview.
@SuppressWarnings("NullAway.Init")
class OperationsControllerTest {
    private static final Parameter.IntParameter STRENGTH = new Parameter.IntParameter("strength",
            "operation.same.strength",
            0, 9, 3, Parameter.Unit.NONE);

    @TempDir
    Path folder;
    private TileStore store;
    private JobQueue jobs;
    private OrtEngine engine;
    private Editor editor;
    private final ManualTimer timer = new ManualTimer();
    private final Debounce debounce = new Debounce(Debounce.PREVIEW, timer);
    private OperationsModel model;
    private OperationsController controller;

    /// Gives back what it got.
    private static final class Same implements Operation {
        @Override
        public String id() {
            return "same";
        }

        @Override
        public Group group() {
            return Group.STYLE;
        }

        @Override
        public List<Parameter<?>> parameters() {
            return List.of(STRENGTH);
        }

        @Override
        public MaskUse maskUse() {
            return MaskUse.OPTIONAL;
        }

        @Override
        public Mask effectiveMask(Mask mask, ParameterValues values) {
            return mask.snapshot();
        }

        @Override
        public Result apply(Request request, OperationContext context) {
            Raster raster = request.picture().snapshot();
            Mask all = Mask.create(raster.store(), raster.width(), raster.height());
            all.fill(all.bounds(), 255);
            return new Result(raster, all,
                    new Provenance(id(), request.values().asMap(), Map.of(), "", "", context.device()));
        }
    }

    @BeforeEach
    void open() throws TimeoutException {
        FxToolkit.registerPrimaryStage();
        store = new TileStore(64L << 20, folder);
        jobs = JobQueue.immediate();
        engine = new OrtEngine(folder, 1);
        ModelLibrary models = ModelLibrary.of(List.of());
        editor = new Editor(new EditorServices(jobs, store, engine, models,
                SettingsStore.open(folder.resolve("settings.json")), Runnable::run));
        Texts texts = Texts.in(Language.ENGLISH);
        model = new OperationsModel(List.of(new Same()));
        controller = new OperationsController(model, editor, new EditorState(editor), models,
                texts, new DeviceNames(engine, texts), () -> Rect.EMPTY, debounce);
        Raster raster = Raster.create(store, 64, 64);
        editor.open(Picture.of(raster, Depth.EIGHT, Picture.Transparency.OPAQUE));
        model.preview().set(true);
        settle();
    }

    @AfterEach
    void close() {
        controller.close();
        editor.close();
        engine.close();
        store.close();
    }

    private void settle() {
        timer.pass(Debounce.PREVIEW);
        assertThat(debounce.isWaiting()).isFalse();
    }

    @Test
    void everyStepOfASliderThatBecomesOneStepOfTheHistoryAsksForAnotherPreview() {
        Layer layer = editor.document().orElseThrow().layers().getFirst();
        editor.setOpacity(layer, 0.5);
        assertThat(debounce.isWaiting()).isTrue();
        settle();
        editor.setOpacity(layer, 0.4);
        assertThat(editor.document().orElseThrow().history().position()).isEqualTo(1);
        assertThat(debounce.isWaiting()).isTrue();
    }

    @Test
    void aStrokeThatIsTakenBackBringsThePreviewBackThatItEnded() {
        editor.preview(model.operation().get(), model.values().get(), Rect.EMPTY);
        assertThat(editor.isPreviewReady()).isTrue();
        editor.beginStroke(new BrushTip(9, 1, BrushTip.Mode.PAINT), 30, 30);
        assertThat(editor.isPreviewReady()).isFalse();
        editor.cancelStroke();
        assertThat(debounce.isWaiting()).isTrue();
    }

    @Test
    void anotherLanguageFindsWhatWasSet() {
        model.values().set(model.values().get().with(STRENGTH, 7));
        OperationsModel copy = model.copy();
        assertThat(copy.values().get().get(STRENGTH)).isEqualTo(7);
        assertThat(copy.preview().get()).isTrue();
    }
}
