package lacuna.io;

/// What a format cannot hold; a person is told before saving.
public enum Loss {
    /** Transparent pixels are laid over white. */
    ALPHA("transparency is laid over white"),
    /** 16 bits a channel become 8. */
    DEPTH("16 bits a channel become 8"),
    /** The encoder clears colours where nothing of them is seen. */
    HIDDEN_COLOURS("colours under full transparency become black"),
    /** EXIF or a profile of more bytes than a file of the format can hold. */
    METADATA("metadata that is too large for the format is left out"),
    /** IPTC, comments, a PNG's texts and its mark of HDR. */
    CAPTIONS("comments, captions and marks that only the original's format holds are left out"),
    /** Pixels change a little, by lossy compression. */
    EXACTNESS("pixels change a little, because the compression is lossy");

    private final String phrase;

    Loss(String phrase) {
        this.phrase = phrase;
    }

    /// An English phrase without a full stop; other languages under `loss.` + name.
    public String phrase() {
        return phrase;
    }
}
