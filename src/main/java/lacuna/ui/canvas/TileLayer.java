package lacuna.ui.canvas;

import java.util.List;

/// What is shown in display tiles, at the level that the zoom asks for. Belongs to the JavaFX thread.
interface TileLayer {
    /// Of what is shown.
    MipSizes sizes();

    /// To be called before the tiles of a frame are wanted.
    default void beginFrame(int level) {}

    /// Adds what has to be painted before `key` can be shown; keeps the tile from being dropped in this frame.
    void want(TileKey key, List<RenderLane.Request> requests);

    /// Draws a tile; until it is ready, what coarser and finer levels have of it.
    void draw(TileKey key, TilePainter painter);

    /// Takes a painted tile; drops it when what it shows is gone.
    void accept(RenderLane.Rendered rendered);
}
