package lacuna.operation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A value for each parameter of an operation, always within its range. Immutable.
public final class ParameterValues {
    private final Map<Parameter<?>, Object> values;

    private ParameterValues(Map<Parameter<?>, Object> values) {
        this.values = values;
    }

    /// The default of each parameter.
    public static ParameterValues defaults(List<Parameter<?>> parameters) {
        Map<Parameter<?>, Object> values = new LinkedHashMap<>();
        for (Parameter<?> parameter : parameters) {
            values.put(parameter, parameter.defaultValue());
        }
        return new ParameterValues(values);
    }

    /// The parameters, in the operation's order.
    public List<Parameter<?>> parameters() {
        return List.copyOf(values.keySet());
    }

    /// @throws IllegalArgumentException when the operation has no such parameter
    public <T> T get(Parameter<T> parameter) {
        Object value = values.get(parameter);
        if (value == null) {
            throw new IllegalArgumentException("there is no parameter " + parameter.id());
        }
        return parameter.type().cast(value);
    }

    /// These values with one of them changed.
    ///
    /// @throws IllegalArgumentException when the operation has no such parameter or `value` lies outside its range;
    ///         what people type goes through [#parse] instead
    public <T> ParameterValues with(Parameter<T> parameter, T value) {
        get(parameter);
        if (!parameter.accepts(value)) {
            throw new IllegalArgumentException(
                    "%s must be one of %s, not %s".formatted(parameter.id(), parameter.range(), value));
        }
        Map<Parameter<?>, Object> changed = new LinkedHashMap<>(values);
        changed.put(parameter, value);
        return new ParameterValues(changed);
    }

    /// These values with one of them as somebody typed it.
    ///
    /// @param id the parameter's
    /// @throws OperationException when the operation has no such parameter or the text is no value of it
    public ParameterValues parse(String id, String text) throws OperationException {
        for (Parameter<?> parameter : values.keySet()) {
            if (parameter.id().equals(id)) {
                return parsed(parameter, text);
            }
        }
        throw new OperationException(OperationException.Problem.PARAMETER_UNKNOWN, id,
                String.join(", ", values.keySet().stream().map(Parameter::id).toList()));
    }

    private <T> ParameterValues parsed(Parameter<T> parameter, String text) throws OperationException {
        return with(parameter, parameter.parse(text));
    }

    /// Values by parameter id, in order, for provenance.
    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        values.forEach((parameter, value) -> map.put(parameter.id(), value));
        return Collections.unmodifiableMap(map);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ParameterValues v && values.equals(v.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return asMap().toString();
    }
}
