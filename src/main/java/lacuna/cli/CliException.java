package lacuna.cli;

/// Something that the command line cannot do, in one sentence that names the cause and the way out.
final class CliException extends Exception {
    CliException(String sentence) {
        super(sentence);
    }
}
