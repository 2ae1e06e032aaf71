package lacuna.ui;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

import lacuna.ui.kit.Actions;
import lacuna.ui.kit.DialogHost;
import lacuna.ui.kit.Notifications;
import lacuna.ui.kit.Shown;
import lacuna.ui.kit.Texts;

import atlantafx.base.theme.Styles;

/// Builds the window's content: top bar, tool rail, options of the tool, canvas, side, status line; the welcome page in
/// their place while no picture is open; over all of it messages and dialogs.
final class MainView {
    /// Of the panels on the right, px.
    static final double SIDE_WIDTH = 296;

    private final MainModel model;
    private final Texts texts;
    private final Actions actions;
    private final Parts parts;

    /// The parts that other rooms make.
    record Parts(Node tools, Node toolOptions, Node canvas, Node operations, Region layers, Region history, Node status,
            Node welcome, Notifications notifications, DialogHost dialogs) {}

    MainView(MainModel model, Texts texts, Actions actions, Parts parts) {
        this.model = model;
        this.texts = texts;
        this.actions = actions;
        this.parts = parts;
    }

    StackPane build() {
        BorderPane work = new BorderPane();
        VBox middle = new VBox(parts.toolOptions(), canvasFrame());
        work.setLeft(parts.tools());
        work.setCenter(middle);
        work.setRight(side());
        Shown.when(work, model.welcomeShown().not());
        Shown.when(parts.welcome(), model.welcomeShown());
        StackPane content = new StackPane(parts.welcome(), work);
        VBox.setVgrow(content, Priority.ALWAYS);
        VBox window = new VBox(topBar(), content, parts.status());
        StackPane.setAlignment(parts.notifications(), Pos.BOTTOM_LEFT);
        StackPane root = new StackPane(window, dropVeil(), parts.notifications(), parts.dialogs());
        root.setId("lacuna");
        return root;
    }

    private Node canvasFrame() {
        BooleanBinding split = model.split().and(model.showingOriginal().not()).and(model.hasDocument());
        StackPane frame = new StackPane(parts.canvas(),
                canvasLabel("canvas.original", Pos.TOP_CENTER, model.showingOriginal()),
                canvasLabel("canvas.before", Pos.TOP_LEFT, split), canvasLabel("canvas.after", Pos.TOP_RIGHT, split));
        frame.getStyleClass().add("canvas-frame");
        frame.setMinSize(0, 0);
        VBox.setVgrow(frame, Priority.ALWAYS);
        return frame;
    }

    private Node canvasLabel(String key, Pos place, ObservableBooleanValue when) {
        Label label = new Label(texts.get(key));
        label.getStyleClass().add("canvas-label");
        label.setMouseTransparent(true);
        StackPane.setAlignment(label, place);
        StackPane.setMargin(label, new Insets(12));
        Shown.when(label, when);
        return label;
    }

    private Node side() {
        VBox.setVgrow(parts.layers(), Priority.ALWAYS);
        VBox.setVgrow(parts.history(), Priority.ALWAYS);
        parts.layers().setPrefHeight(170);
        parts.history().setPrefHeight(130);
        VBox all = new VBox(parts.operations(), parts.layers(), parts.history());
        ScrollPane scroll = new ScrollPane(all);
        scroll.getStyleClass().add("side-scroll");
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        VBox side = new VBox(scroll);
        side.getStyleClass().add("side");
        side.setMinWidth(SIDE_WIDTH);
        side.setPrefWidth(SIDE_WIDTH);
        side.setMaxWidth(SIDE_WIDTH);
        return side;
    }

    private Node topBar() {
        Label title = new Label();
        title.setId("title");
        title.getStyleClass().add("title");
        title.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        title.textProperty().bind(Bindings.createStringBinding(
                () -> model.title().get() + (model.dirty().get() ? " •" : ""), model.title(), model.dirty()));
        title.setMinWidth(40);
        Shown.when(title, model.hasDocument());
        Button search = actions.button("help.palette");
        search.getStyleClass().add("palette-button");
        search.setMinWidth(Region.USE_PREF_SIZE);
        search.setText(actions.name(actions.get("help.palette")).replace("…", ""));
        Button save = actions.button("file.save");
        save.getStyleClass().add(Styles.FLAT);
        save.setMinWidth(Region.USE_PREF_SIZE);
        Node undo = actions.iconButton("edit.undo");
        Node redo = actions.iconButton("edit.redo");
        Node compare = actions.iconToggle("view.compare");
        Node divider = divider();
        for (Node node : new Node[]{undo, redo, compare, save, divider}) {
            Shown.when(node, model.hasDocument());
        }
        HBox bar = new HBox(menus(), space(), title, space(), undo, redo, divider, compare, save, search);
        bar.getStyleClass().add("top-bar");
        return bar;
    }

    private MenuBar menus() {
        Menu recent = new Menu(texts.get("menu.file.recent"));
        recent.setMnemonicParsing(true);
        model.recent().subscribe(() -> fillRecent(recent));
        fillRecent(recent);
        Menu file = menu("menu.file", "file.open", "file.paste", "", "file.save", "file.saveAs", "", "file.close",
                "", "app.preferences", "", "app.quit");
        file.getItems().add(2, recent);
        MenuBar bar = new MenuBar(file, menu("menu.edit", "edit.undo", "edit.redo", "", "layer.rename", "layer.delete"),
                menu("menu.mask", "mask.show", "mask.clear", "mask.invert", "mask.clearSources", "", "mask.open",
                        "mask.save", "",
                        "tool.brush", "tool.eraser", "tool.take", "tool.avoid", "tool.hand", "", "brush.larger",
                        "brush.smaller", "brush.harder",
                        "brush.softer"),
                menu("menu.view", "view.zoomIn", "view.zoomOut", "view.fit", "view.actual", "", "view.compare",
                        "view.original", "", "view.theme"),
                menu("menu.operation", "operation.preview", "operation.apply", "operation.keep", "operation.discard",
                        "operation.cancel"),
                menu("menu.help", "help.palette", "help.keys", "help.about"));
        // Keys would reach it under the veil of a dialog.
        bar.disableProperty().bind(parts.dialogs().showing());
        bar.setUseSystemMenuBar(true);
        bar.setMinWidth(Region.USE_PREF_SIZE);
        return bar;
    }

    private void fillRecent(Menu menu) {
        menu.getItems().setAll(model.recent().stream().map(file -> {
            MenuItem item = new MenuItem(file.toString());
            item.setMnemonicParsing(false);
            item.setOnAction(event -> model.openRecent(file));
            return item;
        }).toList());
        menu.setDisable(model.recent().isEmpty());
    }

    private Menu menu(String key, String... ids) {
        Menu menu = new Menu(texts.get(key));
        menu.setMnemonicParsing(true);
        for (String id : ids) {
            menu.getItems().add(id.isEmpty() ? new SeparatorMenuItem() : actions.menuItem(id));
        }
        return menu;
    }

    private Node dropVeil() {
        Label label = new Label(texts.get("drop.here"));
        StackPane veil = new StackPane(label);
        veil.getStyleClass().add("drop-veil");
        veil.setMouseTransparent(true);
        veil.visibleProperty().bind(Bindings.and(model.dropping(), model.hasDocument()));
        return veil;
    }

    static Node divider() {
        Region line = new Region();
        line.getStyleClass().add("bar-divider");
        HBox.setMargin(line, new Insets(0, 6, 0, 6));
        return line;
    }

    private static Node space() {
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        return space;
    }
}
