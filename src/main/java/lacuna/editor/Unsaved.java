package lacuna.editor;

/// What would be lost if the document were closed now: `NOTHING`; a painted `MASK` that was neither applied nor saved,
/// while the picture is as in its file; or changes of the `PICTURE`.
public enum Unsaved {
    NOTHING, MASK, PICTURE
}
