package lacuna.model;

/// What a network calculates with.
public enum Arithmetic {
    /** 32 bits a number, 24 of them significant. */
    FLOAT32("fp32"),
    /** 16 bits a number between the first and the last layer with weights, 11 of them significant. */
    FLOAT16("fp16");

    private final String id;

    Arithmetic(String id) {
        this.id = id;
    }

    /// What records and tables say.
    public String id() {
        return id;
    }
}
