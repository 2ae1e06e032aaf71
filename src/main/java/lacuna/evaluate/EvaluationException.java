package lacuna.evaluate;

/// That something cannot be measured here; the message is one sentence that names the cause and the way out.
public final class EvaluationException extends Exception {
    public EvaluationException(String sentence) {
        super(sentence);
    }

    EvaluationException(String sentence, Exception cause) {
        super(sentence, cause);
    }
}
