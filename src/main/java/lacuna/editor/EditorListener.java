package lacuna.editor;

/// Hears what happens in an [Editor], on its owner thread.
@FunctionalInterface
public interface EditorListener {
    void heard(EditorEvent event);
}
