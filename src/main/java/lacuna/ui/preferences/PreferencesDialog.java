package lacuna.ui.preferences;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

import lacuna.inference.DeviceReport;
import lacuna.settings.Settings;
import lacuna.settings.Settings.Limits;
import lacuna.settings.Settings.Memory;
import lacuna.settings.Settings.Theme;
import lacuna.ui.kit.DialogCard;
import lacuna.ui.kit.DialogHost;
import lacuna.ui.kit.Language;
import lacuna.ui.kit.Texts;

/// What a person can choose about the program. Every choice holds at once; there is nothing to confirm.
public final class PreferencesDialog {
    private static final double WIDTH = 500;
    private static final int[] MEMORY_MIB = {0, 512, 1024, 2048, 4096, 8192};
    private static final int[] MEGAPIXELS = {100, 300, 600, 1200, 4000};

    private final DialogHost host;
    private final Texts texts;
    private final List<DeviceReport> devices;
    private final Changes changes;

    /// Where the choices go.
    public interface Changes {
        Settings now();

        void change(UnaryOperator<Settings> change);
    }

    /// @param devices what came of each device of this machine; only the sound ones can be chosen
    public PreferencesDialog(DialogHost host, Texts texts, List<DeviceReport> devices, Changes changes) {
        this.host = host;
        this.texts = texts;
        this.devices = List.copyOf(devices);
        this.changes = changes;
    }

    public void open() {
        DialogCard card = new DialogCard(host, "preferences-dialog", texts.get("preferences.title"), WIDTH);
        card.with(form()).mainButton("preferences-close", texts.get("dialog.close"), () -> {});
        card.onEscape(card::close);
        card.open();
    }

    private Node form() {
        GridPane form = new GridPane();
        form.getStyleClass().add("form");
        ColumnConstraints names = new ColumnConstraints();
        names.setMinWidth(Region.USE_PREF_SIZE);
        ColumnConstraints values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        form.getColumnConstraints().setAll(names, values);
        Settings now = changes.now();

        Map<String, String> languages = new LinkedHashMap<>();
        languages.put(Settings.SYSTEM_LANGUAGE, texts.get("preferences.language.system"));
        for (Language language : Language.values()) {
            languages.put(language.code(), language.ownName());
        }
        row(form, "preferences.language", choice("language", languages, now.language(),
                code -> changes.change(settings -> settings.withLanguage(code))));

        Map<Theme, String> themes = new LinkedHashMap<>();
        for (Theme theme : Theme.values()) {
            themes.put(theme, texts.get("preferences.theme." + theme.name().toLowerCase(java.util.Locale.ROOT)));
        }
        row(form, "preferences.theme",
                choice("theme", themes, now.theme(), theme -> changes.change(settings -> settings.withTheme(theme))));

        Map<String, String> named = new LinkedHashMap<>();
        named.put(Settings.AUTOMATIC_DEVICE, texts.get("preferences.device.auto"));
        devices.stream().filter(DeviceReport::isSound)
                .forEach(report -> named.put(report.device().id(), report.device().name()));
        row(form, "preferences.device", noted(choice("device", named, now.device(),
                id -> changes.change(settings -> settings.withDevice(id))), unused()));

        row(form, "preferences.memory", noted(memory("memory", now.memory().tilesMiB(),
                (memory, size) -> memory.withTilesMiB(size)), List.of(texts.get("preferences.memory.note"))));
        row(form, "preferences.models", noted(memory("models", now.memory().modelsMiB(),
                (memory, size) -> memory.withModelsMiB(size)), List.of(texts.get("preferences.models.note"))));

        Map<Integer, String> limits = new LinkedHashMap<>();
        for (int limit : MEGAPIXELS) {
            limits.put(limit, limit + " " + texts.get("preferences.limit.unit"));
        }
        int megapixels = now.limits().megapixels();
        limits.putIfAbsent(megapixels, megapixels + " " + texts.get("preferences.limit.unit"));
        row(form, "preferences.limit", choice("limit", limits, megapixels, limit -> changes.change(settings -> settings
                .withLimits(new Limits(limit, settings.limits().decoderMiB())))));
        return form;
    }

    /// Why devices of this machine are not used, a sentence each.
    private List<String> unused() {
        return devices.stream().filter(report -> !report.isSound())
                .map(report -> texts.get("preferences.device." + report.finding(), report.device().name(),
                        report.detail()))
                .toList();
    }

    private ComboBox<Integer> memory(String id, int now, BiFunction<Memory, Integer, Memory> with) {
        Map<Integer, String> sizes = new LinkedHashMap<>();
        for (int size : MEMORY_MIB) {
            sizes.put(size, size == 0 ? texts.get("preferences.memory.auto") : size + " MB");
        }
        sizes.putIfAbsent(now, now + " MB");
        return choice(id, sizes, now, size -> changes
                .change(settings -> settings.withMemory(with.apply(settings.memory(), size))));
    }

    /// A choice with sentences below it.
    private static VBox noted(ComboBox<?> choice, List<String> sentences) {
        VBox box = new VBox(choice);
        box.setSpacing(6);
        for (String sentence : sentences) {
            Label note = new Label(sentence);
            note.getStyleClass().add("form-note");
            note.setWrapText(true);
            note.setMinHeight(Region.USE_PREF_SIZE);
            box.getChildren().add(note);
        }
        return box;
    }

    private void row(GridPane form, String nameKey, Node value) {
        Label name = new Label(texts.get(nameKey));
        HBox box = new HBox(name);
        name.setMinHeight(30);
        Node inner = value instanceof VBox noted ? noted.getChildren().getFirst() : value;
        if (inner instanceof ComboBox<?> choice) {
            name.setLabelFor(choice);
            choice.setAccessibleText(name.getText());
        }
        form.addRow(form.getRowCount(), box, value);
    }

    private static <T> ComboBox<T> choice(String id, Map<T, String> names, T now,
            java.util.function.Consumer<T> chosen) {
        ComboBox<T> box = new ComboBox<>();
        box.setId("preference-" + id);
        box.setMaxWidth(Double.MAX_VALUE);
        box.getItems().setAll(names.keySet());
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable T value) {
                return value == null ? "" : names.getOrDefault(value, String.valueOf(value));
            }

            @Override
            public @Nullable T fromString(@Nullable String name) {
                return null;
            }
        });
        box.setValue(now);
        box.setOnAction(event -> chosen.accept(box.getValue()));
        return box;
    }
}
