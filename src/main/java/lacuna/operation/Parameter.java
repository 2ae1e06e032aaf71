package lacuna.operation;

import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalDouble;

import org.jspecify.annotations.Nullable;

/// One thing that a person can set about an operation. Panel, command-line option, help and provenance are all made
/// from it.
///
/// @param <T> the kind of its values
public sealed interface Parameter<T>
        permits Parameter.IntParameter, Parameter.AutoParameter, Parameter.ChoiceParameter {
    /// Its name in provenance and, after `--`, on the command line: lower-case letters, digits, `-`.
    String id();

    /// The key of its label in the texts; the key of its longer explanation is the same with `.help` behind it.
    String labelKey();

    /// The key of its explanation in the texts.
    default String helpKey() {
        return labelKey() + ".help";
    }

    /// What it is unless somebody sets it.
    T defaultValue();

    /// What its values count.
    Unit unit();

    /// Its values in words, such as `0..16`.
    String range();

    Class<T> type();

    boolean accepts(T value);

    /// Reads a value as people type it.
    ///
    /// @throws OperationException when it is none or lies outside the range
    T parse(String text) throws OperationException;

    /// What a value counts.
    enum Unit {
        /** Pixels of the picture. */
        PIXELS,
        /** Hundredths. */
        PERCENT,
        /** Levels of brightness of 255. */
        LEVELS,
        /** A bare number or a name. */
        NONE
    }

    /// A whole number.
    ///
    /// @param minimum the least value
    /// @param maximum the greatest value
    record IntParameter(String id, String labelKey, int minimum, int maximum, Integer defaultValue, Unit unit)
            implements
                Parameter<Integer> {
        public IntParameter {
            if (minimum > defaultValue || defaultValue > maximum) {
                throw new IllegalArgumentException("the default of " + id + " lies outside its range");
            }
        }

        @Override
        public String range() {
            return minimum + ".." + maximum;
        }

        @Override
        public Class<Integer> type() {
            return Integer.class;
        }

        @Override
        public boolean accepts(Integer value) {
            return value >= minimum && value <= maximum;
        }

        @Override
        public Integer parse(String text) throws OperationException {
            try {
                int value = Integer.parseInt(text.strip());
                if (accepts(value)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // Said below, with the range.
            }
            throw new OperationException(OperationException.Problem.PARAMETER_RANGE, id, text, range());
        }
    }

    /// A number, or nothing: then the operation finds out by itself what serves.
    ///
    /// @param minimum the least value
    /// @param maximum the greatest value
    /// @param first what a person starts from who sets it
    record AutoParameter(String id, String labelKey, double minimum, double maximum, double first, Unit unit)
            implements
                Parameter<AutoParameter.Value> {
        private static final String WORD = "auto";

        /// A number that was set, or none.
        public record Value(OptionalDouble given) {
            /// The operation finds out.
            public static final Value AUTO = new Value(OptionalDouble.empty());

            public static Value of(double number) {
                return new Value(OptionalDouble.of(number));
            }

            /// As people type it.
            @Override
            public String toString() {
                return given.isEmpty()
                        ? WORD
                        : BigDecimal.valueOf(given.getAsDouble()).stripTrailingZeros().toPlainString();
            }
        }

        public AutoParameter {
            if (!(minimum <= first && first <= maximum)) {
                throw new IllegalArgumentException("what " + id + " starts from lies outside its range");
            }
        }

        @Override
        public Value defaultValue() {
            return Value.AUTO;
        }

        @Override
        public String range() {
            return WORD + ", " + Value.of(minimum) + ".." + Value.of(maximum);
        }

        @Override
        public Class<Value> type() {
            return Value.class;
        }

        @Override
        public boolean accepts(Value value) {
            double number = value.given().orElse(first);
            return number >= minimum && number <= maximum;
        }

        @Override
        public Value parse(String text) throws OperationException {
            String typed = text.strip();
            try {
                Value value = typed.equals(WORD) ? Value.AUTO : Value.of(Double.parseDouble(typed));
                if (accepts(value)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // Said below, with the range.
            }
            throw new OperationException(OperationException.Problem.PARAMETER_RANGE, id, text, range());
        }
    }

    /// One of several names.
    ///
    /// @param choices at least two, in the order that people see; the label of each has the key `labelKey.choice`
    /// @param named what the option means on a command line where no choice follows it; null where one has to
    record ChoiceParameter(String id, String labelKey, List<String> choices, String defaultValue,
            @Nullable String named)
            implements
                Parameter<String> {
        public ChoiceParameter {
            choices = List.copyOf(choices);
            if (choices.size() < 2 || !choices.contains(defaultValue)) {
                throw new IllegalArgumentException("the default of " + id + " is none of its choices");
            }
            if (named != null && !choices.contains(named)) {
                throw new IllegalArgumentException("what " + id + " means alone is none of its choices");
            }
        }

        /// One that always needs a choice.
        public ChoiceParameter(String id, String labelKey, List<String> choices, String defaultValue) {
            this(id, labelKey, choices, defaultValue, null);
        }

        @Override
        public Unit unit() {
            return Unit.NONE;
        }

        @Override
        public String range() {
            return String.join(", ", choices);
        }

        @Override
        public Class<String> type() {
            return String.class;
        }

        @Override
        public boolean accepts(String value) {
            return choices.contains(value);
        }

        @Override
        public String parse(String text) throws OperationException {
            if (accepts(text.strip())) {
                return text.strip();
            }
            throw new OperationException(OperationException.Problem.PARAMETER_RANGE, id, text, range());
        }
    }
}
