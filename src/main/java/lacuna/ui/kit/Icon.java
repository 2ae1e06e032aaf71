package lacuna.ui.kit;

import javafx.scene.Node;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/// The icons of the program in one place, so that one meaning has one icon. All are from one outlined font: a further font
/// would cost start-up time.
public enum Icon {
    OPEN(Material2OutlinedAL.FOLDER_OPEN), SAVE(Material2OutlinedMZ.SAVE), PASTE(
            Material2OutlinedAL.CONTENT_PASTE), UNDO(Material2OutlinedMZ.UNDO), REDO(Material2OutlinedMZ.REDO), COMPARE(
                    Material2OutlinedAL.COMPARE), SEARCH(Material2OutlinedMZ.SEARCH), SETTINGS(
                            Material2OutlinedMZ.SETTINGS), CLEAR_MASK(Material2OutlinedAL.LAYERS_CLEAR), INVERT_MASK(
                                    Material2OutlinedAL.INVERT_COLORS), SHOW(Material2OutlinedMZ.VISIBILITY), HIDE(
                                            Material2OutlinedMZ.VISIBILITY_OFF), RESET(Material2OutlinedMZ.REPLAY), FIT(
                                                    Material2OutlinedAL.CROP_FREE), ZOOM_IN(
                                                            Material2OutlinedMZ.ZOOM_IN), ZOOM_OUT(
                                                                    Material2OutlinedMZ.ZOOM_OUT), DELETE(
                                                                            Material2OutlinedAL.DELETE), CLOSE(
                                                                                    Material2OutlinedAL.CLOSE), DONE(
                                                                                            Material2OutlinedAL.CHECK_CIRCLE), NOTICE(
                                                                                                    Material2OutlinedAL.INFO), WARNING(
                                                                                                            Material2OutlinedMZ.WARNING), ERROR(
                                                                                                                    Material2OutlinedAL.ERROR), PICTURE(
                                                                                                                            Material2OutlinedAL.IMAGE), ADD_PICTURE(
                                                                                                                                    Material2OutlinedAL.ADD_PHOTO_ALTERNATE), LAYERS(
                                                                                                                                            Material2OutlinedAL.LAYERS), HISTORY(
                                                                                                                                                    Material2OutlinedAL.HISTORY), DEVICE(
                                                                                                                                                            Material2OutlinedMZ.MEMORY), REMOVE(
                                                                                                                                                                    Material2OutlinedAL.HEALING), RESTORE(
                                                                                                                                                                            Material2OutlinedAL.BLUR_ON), COLOUR(
                                                                                                                                                                                    Material2OutlinedMZ.PALETTE), ENLARGE(
                                                                                                                                                                                            Material2OutlinedMZ.PHOTO_SIZE_SELECT_LARGE), STYLE(
                                                                                                                                                                                                    Material2OutlinedAL.COLOR_LENS);

    /// A constant of an enum: it does not change.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Ikon glyph;

    Icon(Ikon glyph) {
        this.glyph = glyph;
    }

    /// A new node that shows it, 18 pixels high where no style says otherwise.
    public Node node() {
        return new FontIcon(glyph);
    }
}
