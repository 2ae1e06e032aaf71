package lacuna.inference.worker;

/// What a [FaultyHost] does wrong.
public enum Fault {
    /** Nothing. */
    NONE,
    /** Ends the process in a run as native code does that found something impossible. */
    ABORT,
    /** Takes memory in a run until there is none. */
    EXHAUST,
    /** Sleeps in native code for ever in a run, whatever it is told. */
    SLEEP,
    /** Sleeps for ever while a model is loaded. */
    SLEEP_LOADING,
    /** Fails a run as a runtime does that has no memory. */
    REFUSE,
    /** Greets as a later version. */
    OTHER_VERSION,
    /** Sends bytes that mean nothing instead of a greeting. */
    GARBAGE,
    /** Sends bytes that mean nothing in place of the first answer. */
    LATE_GARBAGE,
    /** Never says anything. */
    SILENT,
    /** Ends as native code does while its runtime pack is loaded. */
    DEADLY_PACK
}
