package lacuna.ui.welcome;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ScrollPane;
import javafx.scene.image.ImageView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Rectangle;

import lacuna.ui.kit.Action;
import lacuna.ui.kit.Actions;
import lacuna.ui.kit.Hint;
import lacuna.ui.kit.Icon;
import lacuna.ui.kit.Shown;
import lacuna.ui.kit.Texts;

import atlantafx.base.theme.Styles;

/// Builds the welcome page: where to drop a picture, what was open lately, the samples.
public final class WelcomeView {
    private static final PseudoClass DROPPING = PseudoClass.getPseudoClass("dropping");
    private static final double WIDTH = 720;
    private static final double THUMBNAIL_WIDTH = 164;
    private static final double THUMBNAIL_HEIGHT = 110;
    private static final double RECENT_WIDTH = 48;
    private static final double RECENT_HEIGHT = 36;
    /// As in the style sheet.
    private static final double ROW_PADDING = 12;
    private static final double CARD_PADDING = 8;

    private final WelcomeModel model;
    private final Texts texts;
    private final Actions actions;
    private final Consumer<Path> open;
    private final Consumer<WelcomeModel.SampleCard> openSample;

    public WelcomeView(WelcomeModel model, Texts texts, Actions actions, Consumer<Path> open,
            Consumer<WelcomeModel.SampleCard> openSample) {
        this.model = model;
        this.texts = texts;
        this.actions = actions;
        this.open = open;
        this.openSample = openSample;
    }

    public Node build() {
        VBox page = new VBox(head(), dropZone(), recent(), samples());
        page.getStyleClass().add("welcome-page");
        page.setMaxWidth(WIDTH);
        StackPane centred = new StackPane(page);
        ScrollPane scroll = new ScrollPane(centred);
        scroll.setId("welcome");
        scroll.getStyleClass().add("welcome");
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        return scroll;
    }

    private Node head() {
        Label name = new Label("Lacuna");
        name.getStyleClass().add("welcome-name");
        Label line = new Label(texts.get("welcome.line"));
        line.getStyleClass().add("welcome-line");
        line.setWrapText(true);
        VBox head = new VBox(name, line);
        head.getStyleClass().add("welcome-head");
        return head;
    }

    private Node dropZone() {
        Label invitation = new Label(texts.get("welcome.drop"));
        invitation.getStyleClass().add("welcome-drop-title");
        Action paste = actions.get("file.paste");
        Label formats = new Label(texts.get("welcome.drop.hint", actions.keys(paste)));
        formats.getStyleClass().add("muted");
        formats.setWrapText(true);
        formats.setMinHeight(Region.USE_PREF_SIZE);
        VBox words = new VBox(invitation, formats);
        words.getStyleClass().add("welcome-drop-words");
        HBox.setHgrow(words, Priority.ALWAYS);
        Node icon = Icon.ADD_PICTURE.node();
        icon.getStyleClass().add("welcome-drop-icon");
        Button choose = actions.button("file.open");
        choose.setId("welcome-open");
        choose.setText(texts.get("welcome.open"));
        choose.setGraphic(null);
        choose.setMinWidth(Region.USE_PREF_SIZE);
        choose.getStyleClass().add(Styles.ACCENT);
        HBox zone = new HBox(icon, words, choose);
        zone.setId("drop-zone");
        zone.getStyleClass().add("drop-zone");
        zone.setAlignment(Pos.CENTER_LEFT);
        model.dropping().subscribe(over -> zone.pseudoClassStateChanged(DROPPING, over));
        return zone;
    }

    private Node recent() {
        VBox list = new VBox();
        list.getStyleClass().add("welcome-recent");
        // What shows under the pointer reaches out of the column, so that what is in it stands in line.
        VBox.setMargin(list, new Insets(0, -ROW_PADDING, 0, -ROW_PADDING));
        fill(list, model.recent(), WelcomeController.RECENT_SHOWN, this::recentRow);
        return section("welcome.recent", list, model.recent());
    }

    private Node samples() {
        FlowPane cards = new FlowPane();
        cards.getStyleClass().add("welcome-samples");
        VBox.setMargin(cards, new Insets(0, -CARD_PADDING, 0, -CARD_PADDING));
        fill(cards, model.samples(), Integer.MAX_VALUE, this::sampleCard);
        return section("welcome.samples", cards, model.samples());
    }

    private Node section(String titleKey, Pane content, ObservableList<?> items) {
        Label title = new Label(texts.get(titleKey));
        title.getStyleClass().add("section-title");
        VBox section = new VBox(title, content);
        section.getStyleClass().add("welcome-section");
        Shown.when(section, Bindings.isNotEmpty(items));
        return section;
    }

    private static <T> void fill(Pane pane, ObservableList<T> items, int most,
            java.util.function.Function<T, Node> node) {
        items.subscribe(() -> pane.getChildren().setAll(items.stream().limit(most).map(node).toList()));
        pane.getChildren().setAll(items.stream().limit(most).map(node).toList());
    }

    private Node recentRow(Path file) {
        Label name = new Label(nameOf(file));
        name.getStyleClass().add("recent-name");
        Label folder = new Label(Optional.ofNullable(file.getParent()).map(Path::toString).orElse(""));
        folder.getStyleClass().add("muted");
        folder.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        folder.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(folder, Priority.ALWAYS);
        name.setMinWidth(0);
        name.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        ImageView picture = new ImageView();
        picture.imageProperty().bind(model.thumbnail(file));
        picture.setPreserveRatio(true);
        picture.setFitWidth(RECENT_WIDTH);
        picture.setFitHeight(RECENT_HEIGHT);
        Node placeholder = Icon.PICTURE.node();
        placeholder.visibleProperty().bind(picture.imageProperty().isNull());
        StackPane frame = new StackPane(placeholder, picture);
        frame.getStyleClass().add("recent-frame");
        frame.setMinSize(RECENT_WIDTH, RECENT_HEIGHT);
        frame.setMaxSize(RECENT_WIDTH, RECENT_HEIGHT);
        HBox content = new HBox(frame, name, folder);
        content.setAlignment(Pos.CENTER_LEFT);
        content.setSpacing(10);
        Button row = new Button();
        row.setGraphic(content);
        row.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        row.getStyleClass().addAll(Styles.FLAT, "recent-row");
        row.setMaxWidth(Double.MAX_VALUE);
        row.setAlignment(Pos.CENTER_LEFT);
        row.setAccessibleText(texts.get("welcome.recent.open", nameOf(file)));
        Hint.on(row, file::toString);
        content.prefWidthProperty().bind(row.widthProperty().subtract(2 * ROW_PADDING));
        row.setOnAction(event -> open.accept(file));
        return row;
    }

    private Node sampleCard(WelcomeModel.SampleCard sample) {
        ImageView picture = new ImageView();
        picture.imageProperty().bind(sample.thumbnail());
        picture.setPreserveRatio(false);
        picture.setFitWidth(THUMBNAIL_WIDTH);
        picture.setFitHeight(THUMBNAIL_HEIGHT);
        Rectangle corners = new Rectangle(THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT);
        corners.setArcWidth(10);
        corners.setArcHeight(10);
        picture.setClip(corners);
        StackPane frame = new StackPane(Icon.PICTURE.node(), picture);
        frame.getStyleClass().add("sample-frame");
        frame.setMinSize(THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT);
        Label name = new Label(sample.name());
        VBox content = new VBox(frame, name);
        content.setSpacing(8);
        content.setMaxWidth(THUMBNAIL_WIDTH);
        Button card = new Button();
        card.setGraphic(content);
        card.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        card.getStyleClass().addAll(Styles.FLAT, "sample-card");
        card.setAccessibleText(texts.get("welcome.sample.open", sample.name()));
        card.setOnAction(event -> openSample.accept(sample));
        return card;
    }

    private static String nameOf(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }
}
