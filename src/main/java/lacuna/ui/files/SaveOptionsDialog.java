package lacuna.ui.files;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import lacuna.io.FileFormat;
import lacuna.io.FileFormats;
import lacuna.io.JpegSettings;
import lacuna.io.Loss;
import lacuna.io.Source;
import lacuna.io.Source.WebpCoding;
import lacuna.io.WriteOptions;
import lacuna.ui.kit.DialogCard;
import lacuna.ui.kit.DialogHost;
import lacuna.ui.kit.Icon;
import lacuna.ui.kit.NumberRow;
import lacuna.ui.kit.Shown;
import lacuna.ui.kit.Texts;

import atlantafx.base.theme.Styles;

/// Asks how a picture shall be written: format, quality, compression. Says what the format cannot hold before anything
/// is written.
public final class SaveOptionsDialog {
    private static final double WIDTH = 460;
    private static final int STANDARD_QUALITY = 92;

    private final DialogHost host;
    private final Texts texts;
    private final @Nullable Source source;
    private final Function<WriteOptions, Set<Loss>> losses;
    private final ObjectProperty<FileFormat> format;
    private final ObjectProperty<Quality> quality = new SimpleObjectProperty<>(Quality.LIKE_SOURCE);
    private final ObjectProperty<WebpCoding> webp = new SimpleObjectProperty<>(WebpCoding.LOSSLESS);
    private final NumberRow number;

    /// Where the quality comes from.
    private enum Quality {
        LIKE_SOURCE, OWN
    }

    /// @param source what the picture's file was like, null where it comes from none
    /// @param losses what is lost with given options
    public SaveOptionsDialog(DialogHost host, Texts texts, @Nullable Source source,
            Function<WriteOptions, Set<Loss>> losses) {
        this.host = host;
        this.texts = texts;
        this.source = source;
        this.losses = losses;
        this.format = new SimpleObjectProperty<>(
                Optional.ofNullable(source).map(Source::format).filter(FileFormat::canWrite).orElse(FileFormats.PNG));
        this.number = new NumberRow("save-quality", texts.get("save.quality"), "", NumberRow.Scale.linear(1, 100), 1);
        number.value().set(sourceQuality().orElse(STANDARD_QUALITY));
        if (source != null && source.webp() == WebpCoding.LOSSY && source.format().id().equals("webp")) {
            webp.set(WebpCoding.LOSSY);
        }
    }

    /// @param proceed gets the options when the person goes on
    public void open(Consumer<WriteOptions> proceed) {
        DialogCard card = new DialogCard(host, "save-dialog", texts.get("save.title"), WIDTH);
        card.with(form()).with(lossesBox())
                .button("save-cancel", texts.get("dialog.cancel"), () -> {})
                .mainButton("save-proceed", texts.get("save.choose"), () -> proceed.accept(options()));
        card.open();
    }

    private WriteOptions options() {
        WriteOptions options = WriteOptions.of(format.get());
        if (isWebp()) {
            options = options.withWebp(webp.get());
        }
        boolean ownQuality = hasQuality() && quality.get() == Quality.OWN;
        return ownQuality ? options.withQuality((int) Math.round(number.value().get())) : options;
    }

    private boolean isWebp() {
        return format.get().id().equals("webp");
    }

    private boolean hasQuality() {
        return isWebp()
                ? webp.get() == WebpCoding.LOSSY
                : !format.get().abilities().contains(FileFormat.Ability.LOSSLESS);
    }

    private Optional<Integer> sourceQuality() {
        return Optional.ofNullable(source).map(Source::jpeg).map(JpegSettings::estimatedQuality);
    }

    private Node form() {
        GridPane form = new GridPane();
        form.getStyleClass().add("form");
        ColumnConstraints names = new ColumnConstraints();
        names.setMinWidth(96);
        ColumnConstraints values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        form.getColumnConstraints().setAll(names, values);

        ToggleGroup formats = new ToggleGroup();
        HBox formatRow = new HBox();
        List<FileFormat> writable = FileFormats.all().stream().filter(FileFormat::canWrite).toList();
        for (FileFormat each : writable) {
            ToggleButton button = segment(each.name(), writable.indexOf(each), writable.size(), formats);
            button.setId("format-" + each.id());
            button.setOnAction(event -> {
                button.setSelected(true);
                format.set(each);
            });
            format.subscribe(chosen -> button.setSelected(each.equals(chosen)));
            formatRow.getChildren().add(button);
        }
        form.addRow(0, new Label(texts.get("save.format")), formatRow);

        ToggleGroup codings = new ToggleGroup();
        HBox codingRow = new HBox();
        List<WebpCoding> all = List.of(WebpCoding.values());
        for (WebpCoding each : all) {
            ToggleButton button = segment(texts.get("save.webp." + each.name().toLowerCase(Locale.ROOT)),
                    all.indexOf(each), all.size(), codings);
            button.setOnAction(event -> {
                button.setSelected(true);
                webp.set(each);
            });
            webp.subscribe(chosen -> button.setSelected(chosen == each));
            codingRow.getChildren().add(button);
        }
        BooleanBinding coded = Bindings.createBooleanBinding(this::isWebp, format);
        addRow(form, 1, texts.get("save.webp"), codingRow, coded);

        ComboBox<String> kinds = new ComboBox<>();
        kinds.setId("save-quality-kind");
        String like = sourceQuality().map(estimate -> texts.get("save.quality.source", estimate))
                .orElse(texts.get("save.quality.default"));
        kinds.getItems().setAll(like, texts.get("save.quality.own"));
        kinds.getSelectionModel().select(0);
        kinds.getSelectionModel().selectedIndexProperty()
                .subscribe(index -> quality.set(Quality.values()[Math.max(0, index.intValue())]));
        kinds.setMaxWidth(Double.MAX_VALUE);
        number.slider().setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(number.slider(), Priority.ALWAYS);
        HBox slider = new HBox(number.slider(), number.field());
        slider.setSpacing(12);
        slider.setAlignment(Pos.CENTER_LEFT);
        slider.disableProperty().bind(quality.isNotEqualTo(Quality.OWN));
        VBox qualityBox = new VBox(kinds, slider);
        qualityBox.setSpacing(8);
        BooleanBinding lossy = Bindings.createBooleanBinding(this::hasQuality, format, webp);
        addRow(form, 2, texts.get("save.quality"), qualityBox, lossy);
        return form;
    }

    private static void addRow(GridPane form, int row, String name, Node value, ObservableBooleanValue when) {
        Label label = new Label(name);
        GridPane.setValignment(label, VPos.TOP);
        label.setMinHeight(30);
        form.addRow(row, label, value);
        for (Node node : List.of(label, value)) {
            Shown.when(node, when);
        }
    }

    private static ToggleButton segment(String name, int index, int count, ToggleGroup group) {
        ToggleButton button = new ToggleButton(name);
        button.setToggleGroup(group);
        button.getStyleClass().add(index == 0
                ? Styles.LEFT_PILL
                : index == count - 1
                        ? Styles.RIGHT_PILL
                        : Styles.CENTER_PILL);
        return button;
    }

    private Node lossesBox() {
        Label what = new Label();
        what.setId("save-losses");
        what.setWrapText(true);
        what.setMinHeight(Region.USE_PREF_SIZE);
        HBox.setHgrow(what, Priority.ALWAYS);
        what.textProperty().bind(Bindings.createStringBinding(() -> lossesText(texts, losses.apply(options())), format,
                webp, quality, number.value()));
        HBox box = new HBox(Icon.WARNING.node(), what);
        box.setAlignment(Pos.CENTER_LEFT);
        box.getStyleClass().add("losses");
        Shown.when(box, what.textProperty().isNotEmpty());
        return box;
    }

    /// One sentence that lists losses, empty where there are none.
    static String lossesText(Texts texts, Set<Loss> losses) {
        if (losses.isEmpty()) {
            return "";
        }
        return texts.get("save.losses", losses.stream().map(loss -> texts.get("loss." + loss.name()))
                .collect(Collectors.joining(texts.get("list.separator"))));
    }
}
