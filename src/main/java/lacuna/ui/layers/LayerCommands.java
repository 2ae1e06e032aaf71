package lacuna.ui.layers;

/// What a person can do with a layer in the list.
public interface LayerCommands {
    void show(long layer);

    void hide(long layer);

    /// @param opacity 0..1
    void setOpacity(long layer, double opacity);

    /// @param name empty to name it as it was named first
    void rename(long layer, String name);

    void delete(long layer);
}
