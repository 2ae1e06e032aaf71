package lacuna.document;

/// What a person can mark on a picture, each with a mask of its own.
public enum Marking {
    /** What is to change: the mask. */
    CHANGE,
    /** Where pixels may be taken from; while nothing is marked so, from everywhere. */
    TAKE,
    /** Where no pixels may be taken from. */
    AVOID
}
