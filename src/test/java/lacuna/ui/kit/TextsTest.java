package lacuna.ui.kit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import lacuna.editor.Task;
import lacuna.inference.DeviceReport;
import lacuna.inference.InferenceException;
import lacuna.io.Loss;
import lacuna.io.Notice;
import lacuna.io.Problem;
import lacuna.model.ModelException;
import lacuna.operation.Operation;
import lacuna.operation.OperationException;
import lacuna.operation.Operations;
import lacuna.operation.Parameter;
import lacuna.settings.Settings;
import lacuna.ui.canvas.ToolOption;

import static org.assertj.core.api.Assertions.assertThat;

class TextsTest {
    private static final Path TEXTS = Path.of("resources/lacuna/texts");
    private static final Pattern ASKED = Pattern.compile("texts(?:\\.get\\(\\))?\\.get\\(\\s*\"([^\"]+)\"\\s*[,)]");
    private static final Pattern ACTION = Pattern
            .compile("(?:add|brush|Action\\.toggle|new Action)\\(\\s*\"([a-z]+\\.[a-zA-Z]+)\"");
    private static final Pattern STEP = Pattern.compile("\"((?:edit|layer)\\.[a-z.]+)\"");
    private static final Pattern PLACE = Pattern.compile("\\{(\\d)}");

    @Test
    void bothLanguagesHaveTheSameTexts() throws IOException {
        assertThat(bundle("messages_zh_CN.properties").stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(bundle("messages.properties").stringPropertyNames());
    }

    @Test
    void bothLanguagesNameTheSameArguments() throws IOException {
        Properties english = bundle("messages.properties");
        Properties chinese = bundle("messages_zh_CN.properties");
        for (String key : english.stringPropertyNames()) {
            assertThat(places(chinese.getProperty(key))).as(key).isEqualTo(places(english.getProperty(key)));
        }
    }

    @Test
    void noTextHoldsAQuoteThatItsPatternWouldSwallow() throws IOException {
        for (String name : List.of("messages.properties", "messages_zh_CN.properties")) {
            assertThat(bundle(name).values()).as(name).noneMatch(text -> String.valueOf(text).contains("'"));
        }
    }

    @Test
    void everyKeyInTheSourcesHasAText() throws IOException {
        Texts texts = Texts.in(Language.ENGLISH);
        Set<String> missing = new TreeSet<>();
        for (Path source : sources()) {
            String code = Files.readString(source);
            List<String> keys = new ArrayList<>(found(ASKED, code));
            if (source.toString().contains("MainActions")) {
                found(ACTION, code).forEach(id -> keys.add("action." + id));
            }
            if (source.toString().contains("editor") || source.toString().contains("document")) {
                keys.addAll(found(STEP, code));
            }
            keys.stream().filter(key -> !texts.has(key)).forEach(key -> missing.add(source.getFileName() + ": " + key));
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyTextIsAskedFor() throws IOException {
        StringBuilder code = new StringBuilder();
        for (Path source : sources()) {
            code.append(Files.readString(source));
        }
        // Those made of a name and a value.
        Pattern made = Pattern.compile("(action|tool|operation|problem|fallback|notice|loss|unit|group|task|sample|"
                + "save\\.webp|preferences\\.(?:theme|device))\\..*");
        Set<String> unused = new TreeSet<>(bundle("messages.properties").stringPropertyNames());
        unused.removeIf(key -> made.matcher(key).matches() || code.indexOf("\"" + key + "\"") >= 0);
        assertThat(unused).isEmpty();
    }

    @Test
    void everyValueThatOtherRoomsReportHasAText() {
        Set<String> keys = new TreeSet<>();
        Stream.of(Problem.values()).forEach(value -> keys.add("problem." + value));
        Stream.of(DeviceReport.Finding.values()).filter(value -> value != DeviceReport.Finding.SOUND)
                .forEach(value -> keys.add("preferences.device." + value));
        Stream.of(OperationException.Problem.values()).forEach(value -> keys.add("problem.operation." + value));
        Stream.of(InferenceException.Problem.values()).forEach(value -> keys.add("problem.inference." + value));
        Stream.of(ModelException.Problem.values()).forEach(value -> keys.add("problem.model." + value));
        keys.addAll(List.of("problem.disk", "problem.memory", "problem.unexpected"));
        Stream.of(Notice.Kind.values()).forEach(value -> keys.add("notice." + value));
        Stream.of(Loss.values()).forEach(value -> keys.add("loss." + value));
        Stream.of(Task.Kind.values()).forEach(value -> keys.add(value.textKey()));
        Stream.of(Operation.Group.values()).forEach(value -> keys.add("group." + value));
        Stream.of(Parameter.Unit.values()).forEach(value -> keys.add("unit." + value));
        Stream.of(ToolOption.Unit.values()).forEach(value -> keys.add("unit." + value));
        Stream.of(Settings.Theme.values())
                .forEach(value -> keys.add("preferences.theme." + value.name().toLowerCase(Locale.ROOT)));
        for (Operation operation : Operations.all()) {
            keys.add(operation.labelKey());
            operation.parameters().forEach(parameter -> keys.add(parameter.labelKey()));
            operation.parameters().stream().filter(Parameter.ChoiceParameter.class::isInstance)
                    .map(Parameter.ChoiceParameter.class::cast)
                    .forEach(choice -> choice.choices().forEach(c -> keys.add(choice.labelKey() + "." + c)));
        }
        Texts texts = Texts.in(Language.CHINESE);
        assertThat(keys).allMatch(texts::has);
    }

    @Test
    void anEnglishPreferenceHoldsOnAChineseSystem() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.SIMPLIFIED_CHINESE);
            assertThat(Texts.in(Language.of("en", Locale.getDefault())).get("dialog.cancel")).isEqualTo("Cancel");
            assertThat(Texts.in(Language.of("system", Locale.getDefault())).get("dialog.cancel")).isEqualTo("取消");
        } finally {
            Locale.setDefault(before);
        }
    }

    private static Properties bundle(String name) throws IOException {
        Properties properties = new Properties();
        properties.load(Files.newBufferedReader(TEXTS.resolve(name), StandardCharsets.UTF_8));
        return properties;
    }

    private static Set<String> places(String text) {
        return new TreeSet<>(found(PLACE, text));
    }

    private static List<String> found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        List<String> all = new ArrayList<>();
        while (matcher.find()) {
            all.add(matcher.group(1));
        }
        return all;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/lacuna"))) {
            return files.filter(file -> file.toString().endsWith(".java") && !file.toString().contains("cli")).toList();
        }
    }
}
