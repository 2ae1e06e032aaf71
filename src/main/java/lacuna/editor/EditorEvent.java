package lacuna.editor;

import lacuna.document.Document;
import lacuna.image.Rect;
import lacuna.operation.Fallback;

/// What happened in an [Editor].
public sealed interface EditorEvent {
    /// `document` is now the one under work; the one before it, if any, is closed.
    record DocumentOpened(Document document) implements EditorEvent {}

    /// No document is open any more.
    record DocumentClosed() implements EditorEvent {}

    /// `document`, the one under work, has another size: its layers and its mask are other objects. Told before what
    /// else changed by it.
    record DocumentResized(Document document) implements EditorEvent {}

    /// There is another sample, or none any more.
    record SampleChanged() implements EditorEvent {}

    /// The composite may differ within `area`.
    record PixelsChanged(Rect area) implements EditorEvent {}

    /// The mask, or the tint that follows from it, may differ within `area`.
    record MaskChanged(Rect area) implements EditorEvent {}

    /// What is marked as a source, or as none, may differ within `area`.
    record SourcesChanged(Rect area) implements EditorEvent {}

    /// Layers came, went, moved or changed their properties.
    record LayersChanged() implements EditorEvent {}

    /// What can be undone or done again changed.
    record HistoryChanged() implements EditorEvent {}

    /// The preview may differ within `area`; also when it begins, ends, or becomes ready to keep.
    record PreviewChanged(Rect area) implements EditorEvent {}

    /// Whether there are unsaved changes, or where the document is saved, changed.
    record DirtyChanged() implements EditorEvent {}

    /// The recent files changed.
    record RecentFilesChanged() implements EditorEvent {}

    /// A job is under way.
    record JobStarted(Task task) implements EditorEvent {}

    /// A job came further; told no more often than the owner thread has time to hear.
    record JobProgressed(Task task) implements EditorEvent {}

    /// A job's work was done in another way than it was asked for; told before its result shows.
    record FellBack(Task task, Fallback fallback) implements EditorEvent {}

    /// An operation was done; told before its result shows.
    ///
    /// @param device what really ran it, as [lacuna.inference.Device#trace()] writes it
    record RanOn(String device) implements EditorEvent {}

    /// A grey file was saved with colours.
    ///
    /// @param profile name of the RGB profile that it has now
    record BecameColour(String profile) implements EditorEvent {}

    /// A job is over. What it did to the document was told before.
    record JobEnded(Task task, Task.Ending ending) implements EditorEvent {}
}
