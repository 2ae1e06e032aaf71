package lacuna.inference.worker;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Both sides of the protocol must mean the same by a version. What a message is made of is its records' components and
/// its enums' constants, however deep; nobody remembers to raise a number when one of those changes.
class MessageVersionTest {
    private static final int VERSION = 6;
    private static final String SHAPE = "ca01287653170045";

    @Test
    void whatIsSaidChangesWithTheVersionOnly() throws Exception {
        Map<String, String> shape = new TreeMap<>();
        describe(Message.class, shape);
        String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                .digest(shape.toString().getBytes(StandardCharsets.UTF_8))).substring(0, 16);
        assertThat(digest)
                .as("Messages are not what they were: raise Message.VERSION, and put version and digest here. %s",
                        shape)
                .isEqualTo(SHAPE);
        assertThat(Message.VERSION).isEqualTo(VERSION);
    }

    private static void describe(Class<?> type, Map<String, String> shape) {
        if (!type.getName().startsWith("lacuna.") || shape.containsKey(type.getName())) {
            return;
        }
        shape.put(type.getName(), type.isEnum() ? Arrays.toString(type.getEnumConstants()) : "");
        if (type.isSealed()) {
            Stream.of(type.getPermittedSubclasses()).forEach(inner -> describe(inner, shape));
        }
        if (type.isRecord()) {
            RecordComponent[] parts = type.getRecordComponents();
            shape.put(type.getName(), Stream.of(parts).map(part -> part.getGenericType().getTypeName())
                    .collect(Collectors.joining(", ")));
            Stream.of(parts).forEach(part -> classes(part.getGenericType()).forEach(inner -> describe(inner, shape)));
        }
    }

    private static Stream<Class<?>> classes(Type type) {
        return switch (type) {
            case Class<?> plain -> Stream.of(plain);
            case ParameterizedType of -> Stream.of(of.getActualTypeArguments()).flatMap(MessageVersionTest::classes);
            default -> Stream.empty();
        };
    }
}
