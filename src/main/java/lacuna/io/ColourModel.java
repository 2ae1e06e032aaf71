package lacuna.io;

/// How a file stores colour. A [Picture] is RGB whatever its file was.
public enum ColourModel {
    RGB, GREY, PALETTE, CMYK
}
