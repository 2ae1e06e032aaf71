package lacuna.operation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import lacuna.operation.Resizing.Size;

/// One thing that a person can set about an operation. Panel, command-line option, help and provenance are all made
/// from it.
///
/// @param <T> the kind of its values
public sealed interface Parameter<T>
        permits Parameter.IntParameter, Parameter.AutoParameter, Parameter.ChoiceParameter, Parameter.SeedParameter,
        Parameter.SizeParameter {
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

    /// Which of many results that are as good as each other: 0 is the usual one, every other number another.
    record SeedParameter(String id, String labelKey) implements Parameter<Integer> {
        /// The greatest.
        public static final int MAXIMUM = 9999;

        @Override
        public Integer defaultValue() {
            return 0;
        }

        @Override
        public Unit unit() {
            return Unit.NONE;
        }

        @Override
        public String range() {
            return "0.." + MAXIMUM;
        }

        @Override
        public Class<Integer> type() {
            return Integer.class;
        }

        @Override
        public boolean accepts(Integer value) {
            return value >= 0 && value <= MAXIMUM;
        }

        @Override
        public Integer parse(String text) throws OperationException {
            return new IntParameter(id, labelKey, 0, MAXIMUM, 0, Unit.NONE).parse(text);
        }
    }

    /// A width and a height in pixels, or one of the two, or nothing.
    ///
    /// @param insteadOf id of the parameter that does not count where there is a size: whoever gives both contradicts
    ///        themself
    record SizeParameter(String id, String labelKey, String insteadOf) implements Parameter<SizeParameter.Frame> {
        /// The longest side that can be asked for.
        public static final int LONGEST = 999_999;
        private static final String NONE = "none";
        private static final Pattern FORM = Pattern.compile("(\\d{1,6})?[xX×](\\d{1,6})?(!)?");

        /// What becomes of the ratio of the sides.
        public enum Ratio {
            /** The size is a frame that the picture fits into. */
            KEPT,
            /** The picture is stretched to just this size. */
            CHANGED
        }

        /// A size that was asked for.
        ///
        /// @param width in pixels; where it is missing it follows from the height
        /// @param height in pixels; where it is missing it follows from the width
        /// @param ratio changed only where both are given
        public record Frame(OptionalInt width, OptionalInt height, Ratio ratio) {
            /// Nothing was asked for.
            public static final Frame NONE = new Frame(OptionalInt.empty(), OptionalInt.empty(), Ratio.KEPT);

            /// A frame that the picture fits into.
            public static Frame within(int width, int height) {
                return new Frame(OptionalInt.of(width), OptionalInt.of(height), Ratio.KEPT);
            }

            /// Just this size.
            public static Frame stretched(int width, int height) {
                return new Frame(OptionalInt.of(width), OptionalInt.of(height), Ratio.CHANGED);
            }

            /// Whether any size was asked for.
            public boolean isGiven() {
                return width.isPresent() || height.isPresent();
            }

            /// The width that a picture gets where a size was asked for, in whole pixels. Of a strip it may be longer than any
            /// picture.
            public long width(Size picture) {
                return pixels(picture.width(),
                        ratio == Ratio.KEPT ? Math.min(across(picture), down(picture)) : across(picture));
            }

            /// As [#width(Size)].
            public long height(Size picture) {
                return pixels(picture.height(),
                        ratio == Ratio.KEPT ? Math.min(across(picture), down(picture)) : down(picture));
            }

            private double across(Size picture) {
                return width.isPresent() ? (double) width.getAsInt() / picture.width() : Double.MAX_VALUE;
            }

            private double down(Size picture) {
                return height.isPresent() ? (double) height.getAsInt() / picture.height() : Double.MAX_VALUE;
            }

            private static long pixels(int length, double times) {
                return Math.max(1, Math.round(length * times));
            }

            /// As people type it.
            @Override
            public String toString() {
                return isGiven()
                        ? (width.isPresent() ? width.getAsInt() : "") + "x"
                                + (height.isPresent() ? height.getAsInt() : "") + (ratio == Ratio.CHANGED ? "!" : "")
                        : SizeParameter.NONE;
            }
        }

        @Override
        public Frame defaultValue() {
            return Frame.NONE;
        }

        @Override
        public Unit unit() {
            return Unit.NONE;
        }

        @Override
        public String range() {
            return "WxH, Wx, xH, WxH!";
        }

        @Override
        public Class<Frame> type() {
            return Frame.class;
        }

        @Override
        public boolean accepts(Frame value) {
            boolean both = value.width().isPresent() && value.height().isPresent();
            return (both || value.ratio() == Ratio.KEPT) && isSide(value.width()) && isSide(value.height());
        }

        private static boolean isSide(OptionalInt side) {
            return side.isEmpty() || side.getAsInt() >= 1 && side.getAsInt() <= LONGEST;
        }

        @Override
        public Frame parse(String text) throws OperationException {
            String typed = text.strip();
            if (typed.toLowerCase(Locale.ROOT).equals(NONE)) {
                return Frame.NONE;
            }
            Matcher form = FORM.matcher(typed);
            if (form.matches()) {
                Frame value = new Frame(side(form.group(1)), side(form.group(2)),
                        form.group(3) == null ? Ratio.KEPT : Ratio.CHANGED);
                if (value.isGiven() && accepts(value)) {
                    return value;
                }
            }
            throw new OperationException(OperationException.Problem.PARAMETER_RANGE, id, text, range());
        }

        private static OptionalInt side(@Nullable String digits) {
            return digits == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(digits));
        }
    }
}
