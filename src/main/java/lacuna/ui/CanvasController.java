package lacuna.ui;

import org.jspecify.annotations.Nullable;

import lacuna.document.Document;
import lacuna.document.Marking;
import lacuna.editor.Editor;
import lacuna.editor.EditorEvent;
import lacuna.editor.Subscription;
import lacuna.image.BrushTip;
import lacuna.io.DisplayTransform;
import lacuna.ui.canvas.CanvasModel;
import lacuna.ui.canvas.PixelConversion;
import lacuna.ui.tools.StrokeTarget;

/// Shows on the canvas what the editor has, and brings the tools' strokes to it.
final class CanvasController implements StrokeTarget, AutoCloseable {
    private final CanvasModel model;
    private final Editor editor;
    private final Subscription events;

    CanvasController(CanvasModel model, Editor editor) {
        this.model = model;
        this.editor = editor;
        this.events = editor.listen(this::heard);
    }

    private void heard(EditorEvent event) {
        switch (event) {
            case EditorEvent.DocumentOpened(Document document) -> show(document);
            case EditorEvent.DocumentClosed _ -> show(null);
            case EditorEvent.DocumentResized(Document document) -> {
                model.setLensPixels(null);
                model.setTint(null);
                model.setResizedPicture(document.composite());
                model.setLensCentre(null);
                showTint();
                model.setSources(null);
                showSources();
            }
            case EditorEvent.PixelsChanged(var area) -> {
                editor.document().ifPresent(document -> model.setPicture(document.composite()));
                model.invalidate(area);
            }
            case EditorEvent.PreviewChanged(var area) -> {
                model.setPreview(editor.preview().orElse(null));
                if (model.getPreview() != null) {
                    model.invalidatePreview(area);
                }
                showTint();
                showSources();
            }
            case EditorEvent.SampleChanged _ -> model.setLensPixels(editor.sampled()
                    .map(made -> new CanvasModel.LensPixels(made.area(), made.pixels())).orElse(null));
            case EditorEvent.MaskChanged(var area) -> {
                if (editor.document().isPresent()) {
                    showTint();
                    model.invalidateTint(area);
                }
            }
            case EditorEvent.SourcesChanged(var area) -> {
                showSources();
                model.invalidateSources(area);
            }
            default -> {
                // Nothing to see.
            }
        }
    }

    private void showSources() {
        model.setSources(editor.document().filter(_ -> model.getPreview() == null && editor.hasSources())
                .map(document -> new CanvasModel.Sources(document.mask(Marking.TAKE), document.mask(Marking.AVOID)))
                .orElse(null));
    }

    /// The tint would cover just what a preview is there to show. Asking for it brings it up to date.
    private void showTint() {
        model.setTint(editor.document().isEmpty() || model.getPreview() != null ? null : editor.tintMask());
    }

    private void show(@Nullable Document document) {
        model.setLensPixels(null);
        model.setPreview(null);
        model.setTint(null);
        model.setSources(null);
        model.setBefore(null);
        model.setSplit(false);
        model.setShowBefore(false);
        if (document == null) {
            model.setPicture(null);
            model.setLensCentre(null);
            return;
        }
        DisplayTransform transform = DisplayTransform.of(document.metadata().profile());
        model.setConversion(transform.identity() ? PixelConversion.SRGB : transform::toDisplay);
        model.setPicture(document.composite());
        model.setLensCentre(null);
        model.setBefore(document.original());
        model.setTint(editor.tintMask());
    }

    @Override
    public void beginStroke(BrushTip tip, double x, double y) {
        editor.beginStroke(tip, x, y);
    }

    @Override
    public void beginStroke(Marking marking, BrushTip tip, double x, double y) {
        editor.beginStroke(marking, tip, x, y);
    }

    @Override
    public void continueStroke(double x, double y) {
        editor.continueStroke(x, y);
    }

    @Override
    public void endStroke() {
        editor.endStroke();
    }

    @Override
    public void cancelStroke() {
        editor.cancelStroke();
    }

    @Override
    public void close() {
        events.close();
    }
}
