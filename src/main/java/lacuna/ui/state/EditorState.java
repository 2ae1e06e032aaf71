package lacuna.ui.state;

import java.nio.file.Path;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

import lacuna.document.Document;
import lacuna.editor.Editor;
import lacuna.editor.EditorEvent;
import lacuna.editor.Subscription;

/// What can be done now, as properties that buttons and menus bind to. Follows an [Editor] until it is closed.
public final class EditorState implements AutoCloseable {
    private final Editor editor;
    private final Subscription subscription;
    private final BooleanProperty hasDocument = new SimpleBooleanProperty(this, "hasDocument");
    private final BooleanProperty dirty = new SimpleBooleanProperty(this, "dirty");
    private final BooleanProperty canUndo = new SimpleBooleanProperty(this, "canUndo");
    private final BooleanProperty canRedo = new SimpleBooleanProperty(this, "canRedo");
    private final BooleanProperty sourcesMarked = new SimpleBooleanProperty(this, "sourcesMarked");
    private final BooleanProperty maskEmpty = new SimpleBooleanProperty(this, "maskEmpty", true);

    public EditorState(Editor editor) {
        this.editor = editor;
        this.subscription = editor.listen(this::heard);
        refresh();
        refreshMask();
    }

    public ReadOnlyBooleanProperty hasDocument() {
        return hasDocument;
    }

    /// Whether there are changes that are not saved.
    public ReadOnlyBooleanProperty dirty() {
        return dirty;
    }

    public ReadOnlyBooleanProperty canUndo() {
        return canUndo;
    }

    public ReadOnlyBooleanProperty canRedo() {
        return canRedo;
    }

    /// Whether nothing is painted.
    public ReadOnlyBooleanProperty maskEmpty() {
        return maskEmpty;
    }

    /// Whether it is marked anywhere that pixels may be taken from there, or may not.
    public ReadOnlyBooleanProperty sourcesMarked() {
        return sourcesMarked;
    }

    /// The file's name, or `untitled` where the picture comes from no file.
    public static String nameOf(Document document, String untitled) {
        return document.file().map(Path::getFileName).map(Path::toString).orElse(untitled);
    }

    private void heard(EditorEvent event) {
        switch (event) {
            case EditorEvent.DocumentOpened _,EditorEvent.DocumentClosed _,EditorEvent.DocumentResized _,EditorEvent.HistoryChanged _ -> {
                refresh();
                refreshMask();
            }
            case EditorEvent.MaskChanged _ -> {
                // While a stroke lasts, paint can only come; what is left at its end is looked at then.
                if (maskEmpty.get()) {
                    refreshMask();
                }
            }
            case EditorEvent.SourcesChanged _,EditorEvent.PixelsChanged _,EditorEvent.JobProgressed _,EditorEvent.FellBack _,EditorEvent.RanOn _,EditorEvent.BecameColour _,EditorEvent.RecentFilesChanged _,EditorEvent.SampleChanged _ -> {
                // Changes nothing here.
            }
            case EditorEvent.LayersChanged _,EditorEvent.PreviewChanged _,EditorEvent.DirtyChanged _,EditorEvent.JobStarted _,EditorEvent.JobEnded _ ->
                refresh();
        }
    }

    private void refresh() {
        hasDocument.set(editor.document().isPresent());
        dirty.set(editor.document().map(Document::isDirty).orElse(false));
        canUndo.set(editor.canUndo());
        canRedo.set(editor.canRedo());
    }

    private void refreshMask() {
        sourcesMarked.set(editor.hasSources());
        maskEmpty.set(editor.document().map(document -> Masks.isEmpty(document.mask())).orElse(true));
    }

    @Override
    public void close() {
        subscription.close();
    }
}
