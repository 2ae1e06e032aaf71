package lacuna.ui.canvas;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Point2D;
import javafx.scene.paint.Color;

import org.jspecify.annotations.Nullable;

import lacuna.image.Mask;
import lacuna.image.Raster;
import lacuna.image.Rect;

/// What a [CanvasView] shows. Belongs to the JavaFX thread, and so do the rasters and the mask in it.
///
/// The canvas borrows them: it takes a snapshot when one is set and when [#invalidate(Rect)] and its siblings are
/// called, and never writes or closes what it was given. Whoever closes one sets the property to another one or to
/// null before.
public final class CanvasModel {
    /// A part of what is shown.
    enum Part {
        PICTURE, PREVIEW, BEFORE, TINT, SOURCES
    }

    /// Hears that pixels of a part changed where they are.
    @FunctionalInterface
    interface PixelListener {
        void changed(Part part, Rect area);
    }

    private final ObjectProperty<@Nullable Raster> picture = new SimpleObjectProperty<>(this, "picture");
    private boolean resizing;
    private final ObjectProperty<@Nullable Raster> preview = new SimpleObjectProperty<>(this, "preview");
    private final ObjectProperty<@Nullable Raster> before = new SimpleObjectProperty<>(this, "before");
    private final ObjectProperty<PixelConversion> conversion = new SimpleObjectProperty<>(this, "conversion",
            PixelConversion.SRGB);
    private final ObjectProperty<@Nullable Mask> tint = new SimpleObjectProperty<>(this, "tint");
    private final ObjectProperty<@Nullable Sources> sources = new SimpleObjectProperty<>(this, "sources");
    private final ObjectProperty<Color> tintColour = new SimpleObjectProperty<>(this, "tintColour",
            Color.web("#ff2d55"));
    private final DoubleProperty tintOpacity = new SimpleDoubleProperty(this, "tintOpacity", 0.5);
    private final BooleanProperty tintVisible = new SimpleBooleanProperty(this, "tintVisible", true);
    private final BooleanProperty split = new SimpleBooleanProperty(this, "split");
    private final DoubleProperty splitPosition = new SimpleDoubleProperty(this, "splitPosition", 0.5);
    private final BooleanProperty showBefore = new SimpleBooleanProperty(this, "showBefore");
    private final DoubleProperty lensTimes = new SimpleDoubleProperty(this, "lensTimes");
    private final ObjectProperty<@Nullable Point2D> lensCentre = new SimpleObjectProperty<>(this, "lensCentre");
    private final ReadOnlyObjectWrapper<Rect> lensArea = new ReadOnlyObjectWrapper<>(this, "lensArea", Rect.EMPTY);
    private final ObjectProperty<@Nullable LensPixels> lensPixels = new SimpleObjectProperty<>(this, "lensPixels");
    private final StringProperty lensCaption = new SimpleStringProperty(this, "lensCaption", "");
    private final List<PixelListener> listeners = new ArrayList<>();

    /// The picture as it is now; null shows an empty canvas. One of another size is fitted into the view.
    public ObjectProperty<@Nullable Raster> pictureProperty() {
        return picture;
    }

    public @Nullable Raster getPicture() {
        return picture.get();
    }

    public void setPicture(@Nullable Raster value) {
        picture.set(value);
    }

    /// The same picture in another size. A view that shows all of it shows all of it again; any other one keeps the same
    /// part in sight, as large on the screen as it was, so that one sees what became of it.
    public void setResizedPicture(Raster value) {
        resizing = true;
        try {
            picture.set(value);
        } finally {
            resizing = false;
        }
    }

    /// Whether the picture that is being set is the same one in another size.
    boolean isResizing() {
        return resizing;
    }

    /// A raster of the picture's size that is shown in its place while it is set, such as a snapshot of the picture
    /// into which the finished tiles of a preview are written.
    public ObjectProperty<@Nullable Raster> previewProperty() {
        return preview;
    }

    public @Nullable Raster getPreview() {
        return preview.get();
    }

    public void setPreview(@Nullable Raster value) {
        preview.set(value);
    }

    /// What [#showBeforeProperty()] and the left side of the divider show. May have another size than the picture, over
    /// which it is then stretched.
    public ObjectProperty<@Nullable Raster> beforeProperty() {
        return before;
    }

    public @Nullable Raster getBefore() {
        return before.get();
    }

    public void setBefore(@Nullable Raster value) {
        before.set(value);
    }

    /// From the picture's colours to those of the screen; used for all rasters.
    public ObjectProperty<PixelConversion> conversionProperty() {
        return conversion;
    }

    public PixelConversion getConversion() {
        return conversion.get();
    }

    public void setConversion(PixelConversion value) {
        conversion.set(value);
    }

    /// The mask that is shown as a tint, of the picture's size.
    public ObjectProperty<@Nullable Mask> tintProperty() {
        return tint;
    }

    public @Nullable Mask getTint() {
        return tint.get();
    }

    public void setTint(@Nullable Mask value) {
        tint.set(value);
    }

    /// Where pixels may be taken from and where not, shown as tints of their own. Both of the picture's size.
    public record Sources(Mask take, Mask avoid) {}

    /// What is shown as sources; null for nothing.
    public ObjectProperty<@Nullable Sources> sourcesProperty() {
        return sources;
    }

    public @Nullable Sources getSources() {
        return sources.get();
    }

    public void setSources(@Nullable Sources value) {
        sources.set(value);
    }

    public ObjectProperty<Color> tintColourProperty() {
        return tintColour;
    }

    public Color getTintColour() {
        return tintColour.get();
    }

    public void setTintColour(Color value) {
        tintColour.set(value);
    }

    /// How much the tint covers where the mask is 255: 0..1.
    public DoubleProperty tintOpacityProperty() {
        return tintOpacity;
    }

    public double getTintOpacity() {
        return tintOpacity.get();
    }

    public void setTintOpacity(double value) {
        tintOpacity.set(value);
    }

    public BooleanProperty tintVisibleProperty() {
        return tintVisible;
    }

    public boolean isTintVisible() {
        return tintVisible.get();
    }

    public void setTintVisible(boolean value) {
        tintVisible.set(value);
    }

    /// Whether a divider splits the view: before on its left, now on its right.
    public BooleanProperty splitProperty() {
        return split;
    }

    public boolean isSplit() {
        return split.get();
    }

    public void setSplit(boolean value) {
        split.set(value);
    }

    /// Where the divider stands: 0 at the left, 1 at the right edge of what is in sight of the picture.
    public DoubleProperty splitPositionProperty() {
        return splitPosition;
    }

    public double getSplitPosition() {
        return splitPosition.get();
    }

    public void setSplitPosition(double value) {
        splitPosition.set(value);
    }

    /// Whether the picture before is shown in place of the picture, without tint, such as while a key is held.
    public BooleanProperty showBeforeProperty() {
        return showBefore;
    }

    public boolean isShowBefore() {
        return showBefore.get();
    }

    public void setShowBefore(boolean value) {
        showBefore.set(value);
    }

    /// A part of the picture in another size.
    ///
    /// @param area the part
    /// @param pixels what it becomes; borrowed, and read when it is set
    public record LensPixels(Rect area, Raster pixels) {}

    /// How many times as large a part of the picture is seen in a frame over the canvas, pixel for pixel of the screen; 0
    /// for no frame.
    public DoubleProperty lensTimesProperty() {
        return lensTimes;
    }

    public double getLensTimes() {
        return lensTimes.get();
    }

    public void setLensTimes(double value) {
        lensTimes.set(value);
    }

    /// The picture point in the middle of the frame, as far as the picture's border and what is in sight allow. Null, or a
    /// point out of sight when the frame comes, becomes the middle of what is in sight then.
    public ObjectProperty<@Nullable Point2D> lensCentreProperty() {
        return lensCentre;
    }

    public @Nullable Point2D getLensCentre() {
        return lensCentre.get();
    }

    public void setLensCentre(@Nullable Point2D value) {
        lensCentre.set(value);
    }

    /// The part of the picture that the frame shows; empty without one. Follows the other properties.
    public ReadOnlyObjectProperty<Rect> lensAreaProperty() {
        return lensArea.getReadOnlyProperty();
    }

    public Rect getLensArea() {
        return lensArea.get();
    }

    void setLensArea(Rect value) {
        lensArea.set(value);
    }

    /// What the frame shows where it is of the same part; otherwise it shows the picture.
    public ObjectProperty<@Nullable LensPixels> lensPixelsProperty() {
        return lensPixels;
    }

    public @Nullable LensPixels getLensPixels() {
        return lensPixels.get();
    }

    public void setLensPixels(@Nullable LensPixels value) {
        lensPixels.set(value);
    }

    /// What the frame says of itself.
    public StringProperty lensCaptionProperty() {
        return lensCaption;
    }

    /// Says that pixels of the picture inside `area` changed.
    public void invalidate(Rect area) {
        changed(Part.PICTURE, area);
    }

    /// Says that pixels of the preview inside `area` changed.
    public void invalidatePreview(Rect area) {
        changed(Part.PREVIEW, area);
    }

    /// Says that the mask inside `area` changed. Cheap enough for each movement of a brush.
    public void invalidateTint(Rect area) {
        changed(Part.TINT, area);
    }

    /// Says that the sources inside `area` changed. As cheap as [#invalidateTint(Rect)].
    public void invalidateSources(Rect area) {
        changed(Part.SOURCES, area);
    }

    private void changed(Part part, Rect area) {
        listeners.forEach(listener -> listener.changed(part, area));
    }

    void addPixelListener(PixelListener listener) {
        listeners.add(listener);
    }

    void removePixelListener(PixelListener listener) {
        listeners.remove(listener);
    }
}
