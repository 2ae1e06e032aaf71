package lacuna.ui.jobs;

import javafx.beans.property.StringProperty;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

import lacuna.ui.kit.Actions;
import lacuna.ui.kit.Hint;
import lacuna.ui.kit.Icon;
import lacuna.ui.kit.Shown;
import lacuna.ui.kit.Texts;

import atlantafx.base.theme.Styles;

/// Builds the status line: on the left the picture, on the right what is under way and what it runs on.
public final class StatusLine {
    private final StatusModel model;
    private final Texts texts;
    private final Actions actions;
    private final Runnable cancel;

    /// @param cancel stops what is under way
    public StatusLine(StatusModel model, Texts texts, Actions actions, Runnable cancel) {
        this.model = model;
        this.texts = texts;
        this.actions = actions;
        this.cancel = cancel;
    }

    public Node build() {
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Label profile = item(model.profile(), "profile");
        profile.setMaxWidth(260);
        Hint.on(profile, model.profile()::get);
        Label device = item(model.device(), "device");
        Hint.on(device, () -> texts.get("status.device.hint"));
        Label memory = item(model.memory(), "memory");
        Hint.on(memory, model.memoryHint()::get);
        HBox line = new HBox(zoom(), item(model.size(), "size"), item(model.depth(), "depth"), profile,
                item(model.pointer(), "pointer"), space, job(), device, memory);
        line.setId("status-line");
        line.getStyleClass().add("status-line");
        return line;
    }

    private Node zoom() {
        Button zoom = new Button();
        zoom.setId("status-zoom");
        zoom.textProperty().bind(model.zoom());
        zoom.getStyleClass().add(Styles.FLAT);
        Hint.on(zoom, () -> texts.get("status.zoom"));
        zoom.setMinWidth(64);
        zoom.setOnAction(event -> {
            ContextMenu menu = new ContextMenu();
            for (String id : new String[]{"view.fit", "view.actual", "view.zoomIn", "view.zoomOut"}) {
                menu.getItems().add(actions.menuItem(id));
            }
            menu.show(zoom, Side.TOP, 0, 0);
        });
        Shown.when(zoom, model.zoom().isNotEmpty());
        return zoom;
    }

    private Node job() {
        Label name = item(model.job(), "job");
        ProgressBar bar = new ProgressBar();
        bar.progressProperty().bind(model.progress());
        bar.getStyleClass().add(Styles.SMALL);
        Button stop = new Button("", Icon.CLOSE.node());
        stop.setId("status-cancel");
        stop.setAccessibleText(texts.get("job.cancel"));
        Hint.on(stop, () -> texts.get("job.cancel"));
        stop.getStyleClass().addAll(Styles.FLAT, Styles.BUTTON_ICON);
        stop.setOnAction(event -> cancel.run());
        Shown.when(stop, model.cancellable());
        HBox job = new HBox(name, bar, stop);
        job.setAlignment(javafx.geometry.Pos.CENTER_RIGHT);
        Shown.when(job, model.job().isNotEmpty());
        return job;
    }

    private static Label item(StringProperty text, String id) {
        Label label = new Label();
        label.setId("status-" + id);
        label.textProperty().bind(text);
        label.getStyleClass().add("status-item");
        Shown.when(label, text.isNotEmpty());
        return label;
    }
}
