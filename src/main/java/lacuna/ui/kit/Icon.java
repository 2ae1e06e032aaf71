package lacuna.ui.kit;

import javafx.scene.Node;

import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;
import org.kordamp.ikonli.material2.Material2OutlinedAL;
import org.kordamp.ikonli.material2.Material2OutlinedMZ;

/// The icons of the program in one place, so that one meaning has one icon. All are from one outlined font: a further font
/// would cost start-up time.
public enum Icon {
    /** Open a file. */
    OPEN(Material2OutlinedAL.FOLDER_OPEN),
    /** Write a file. */
    SAVE(Material2OutlinedMZ.SAVE),
    /** Open what was copied. */
    PASTE(Material2OutlinedAL.CONTENT_PASTE),
    /** One step back. */
    UNDO(Material2OutlinedMZ.UNDO),
    /** One step forward again. */
    REDO(Material2OutlinedMZ.REDO),
    /** Before beside after. */
    COMPARE(Material2OutlinedAL.COMPARE),
    /** Find an action. */
    SEARCH(Material2OutlinedMZ.SEARCH),
    /** Preferences. */
    SETTINGS(Material2OutlinedMZ.SETTINGS),
    /** No mask. */
    CLEAR_MASK(Material2OutlinedAL.LAYERS_CLEAR),
    /** Keep what was to change, and the other way round. */
    INVERT_MASK(Material2OutlinedAL.INVERT_COLORS),
    /** Seen. */
    SHOW(Material2OutlinedMZ.VISIBILITY),
    /** Not seen. */
    HIDE(Material2OutlinedMZ.VISIBILITY_OFF),
    /** Back to the default. */
    RESET(Material2OutlinedMZ.REPLAY),
    /** Another of many. */
    VARIANT(Material2OutlinedAL.CASINO),
    /** All of the picture. */
    FIT(Material2OutlinedAL.CROP_FREE),
    /** Larger. */
    ZOOM_IN(Material2OutlinedMZ.ZOOM_IN),
    /** Smaller. */
    ZOOM_OUT(Material2OutlinedMZ.ZOOM_OUT),
    /** Away with it. */
    DELETE(Material2OutlinedAL.DELETE),
    /** Close or stop. */
    CLOSE(Material2OutlinedAL.CLOSE),
    /** It went well. */
    DONE(Material2OutlinedAL.CHECK_CIRCLE),
    /** Worth knowing. */
    NOTICE(Material2OutlinedAL.INFO),
    /** Something is lost. */
    WARNING(Material2OutlinedMZ.WARNING),
    /** It went wrong. */
    ERROR(Material2OutlinedAL.ERROR),
    /** Any picture. */
    PICTURE(Material2OutlinedAL.IMAGE),
    /** Bring a picture. */
    ADD_PICTURE(Material2OutlinedAL.ADD_PHOTO_ALTERNATE),
    /** Operations that take something away. */
    REMOVE(Material2OutlinedAL.HEALING),
    /** Operations that mend. */
    RESTORE(Material2OutlinedAL.BLUR_ON),
    /** Operations on colour. */
    COLOUR(Material2OutlinedMZ.PALETTE),
    /** Operations that enlarge. */
    ENLARGE(Material2OutlinedMZ.PHOTO_SIZE_SELECT_LARGE),
    /** Operations that give a style. */
    STYLE(Material2OutlinedAL.COLOR_LENS);

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
