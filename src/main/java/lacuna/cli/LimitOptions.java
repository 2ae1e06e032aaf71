package lacuna.cli;

import org.jspecify.annotations.Nullable;

import lacuna.io.ReadOptions;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// How large a picture may be, for every command that opens one.
final class LimitOptions {
    @Option(names = "--max-megapixels", paramLabel = "N", order = 90, description = "Opens pictures of up to N megapixels (default: 300).")
    private @Nullable Integer megapixels;

    @Option(names = "--max-memory", paramLabel = "MIB", order = 91, description = "Lets a decoder use up to MIB mebibytes (default: 1024).")
    private @Nullable Integer mebibytes;

    ReadOptions readOptions(CommandSpec spec) {
        ReadOptions options = ReadOptions.defaults();
        if (megapixels != null) {
            options = options.withMaxPixels(positive(megapixels, "--max-megapixels", spec) * 1_000_000L);
        }
        if (mebibytes != null) {
            options = options.withMaxDecoderBytes((long) positive(mebibytes, "--max-memory", spec) << 20);
        }
        return options;
    }

    private static int positive(int value, String option, CommandSpec spec) {
        if (value < 1) {
            throw new ParameterException(spec.commandLine(), "%s must be at least 1, not %d.".formatted(option, value));
        }
        return value;
    }
}
