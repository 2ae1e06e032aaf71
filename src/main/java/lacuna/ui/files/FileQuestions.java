package lacuna.ui.files;

import java.util.Set;

import lacuna.io.Loss;
import lacuna.ui.kit.DialogCard;
import lacuna.ui.kit.DialogHost;
import lacuna.ui.kit.Texts;

/// Questions that stand before something that cannot be taken back.
public final class FileQuestions {
    private static final double WIDTH = 440;

    private final DialogHost host;
    private final Texts texts;

    public FileQuestions(DialogHost host, Texts texts) {
        this.host = host;
        this.texts = texts;
    }

    /// Asks before unsaved work is left: save it, leave it, or stay.
    ///
    /// @param save saves, and goes on by itself when that worked
    /// @param leave goes on without saving
    public void unsaved(String name, Runnable save, Runnable leave) {
        new DialogCard(host, "unsaved-dialog", texts.get("unsaved.title", name), WIDTH)
                .text(texts.get("unsaved.text"))
                .button("unsaved-cancel", texts.get("dialog.cancel"), () -> {})
                .button("unsaved-discard", texts.get("unsaved.discard"), leave)
                .mainButton("unsaved-save", texts.get("unsaved.save"), save)
                .open();
    }

    /// Asks before a painted mask is left that was neither applied nor saved.
    public void unsavedMask(Runnable save, Runnable leave) {
        new DialogCard(host, "unsaved-mask-dialog", texts.get("unsaved.mask.title"), WIDTH)
                .text(texts.get("unsaved.mask.text"))
                .button("unsaved-cancel", texts.get("dialog.cancel"), () -> {})
                .button("unsaved-mask-save", texts.get("unsaved.mask.save"), save)
                .mainButton("unsaved-discard", texts.get("unsaved.mask.leave"), leave)
                .open();
    }

    /// Asks before a file is written over that the system's dialog did not know of.
    public void replace(String name, Runnable replace) {
        new DialogCard(host, "replace-dialog", texts.get("replace.title", name), WIDTH)
                .text(texts.get("replace.text"))
                .button("replace-cancel", texts.get("dialog.cancel"), () -> {})
                .mainButton("replace-yes", texts.get("replace.yes"), replace)
                .open();
    }

    /// Asks before the file that was opened is written over for the first time.
    ///
    /// @param losses what its format cannot hold of the picture
    public void overwrite(String name, Set<Loss> losses, Runnable replace, Runnable copy) {
        DialogCard card = new DialogCard(host, "overwrite-dialog", texts.get("overwrite.title"), WIDTH)
                .text(texts.get("overwrite.text", name));
        if (!losses.isEmpty()) {
            card.text(SaveOptionsDialog.lossesText(texts, losses));
        }
        card.button("overwrite-cancel", texts.get("dialog.cancel"), () -> {})
                .button("overwrite-replace", texts.get("overwrite.yes"), replace)
                .mainButton("overwrite-copy", texts.get("overwrite.copy"), copy)
                .open();
    }
}
