package lacuna.ui;

import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.Subscription;

import org.jspecify.annotations.Nullable;

import lacuna.ui.canvas.CanvasTool;
import lacuna.ui.canvas.ToolOption;
import lacuna.ui.kit.Actions;
import lacuna.ui.kit.NumberRow;
import lacuna.ui.kit.Texts;

/// Builds the bar above the canvas: the options of the tool in hand, as the tool describes them, then what concerns the
/// mask.
final class ToolOptions implements AutoCloseable {
    private final Texts texts;
    private final Actions actions;
    private final ObservableValue<@Nullable CanvasTool> inHand;
    private final Runnable done;
    private Subscription tool = Subscription.EMPTY;
    /// To the options of the tool in hand: tools outlive the rows that show them.
    private Subscription values = Subscription.EMPTY;

    /// @param done what follows when a number was typed: the hand goes back to the picture
    ToolOptions(Texts texts, Actions actions, ObservableValue<@Nullable CanvasTool> inHand, Runnable done) {
        this.texts = texts;
        this.actions = actions;
        this.inHand = inHand;
        this.done = done;
    }

    Node build() {
        HBox options = new HBox();
        options.setSpacing(8);
        options.setAlignment(Pos.CENTER_LEFT);
        options.setMinWidth(0);
        tool = inHand.subscribe(now -> fill(options, now));
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox bar = new HBox(options, space, actions.iconToggle("mask.show"), actions.iconButton("mask.invert"),
                actions.iconButton("mask.clear"));
        bar.setId("tool-options");
        bar.getStyleClass().add("tool-options");
        return bar;
    }

    private void fill(HBox options, @Nullable CanvasTool tool) {
        options.getChildren().clear();
        values.unsubscribe();
        values = Subscription.EMPTY;
        if (tool == null) {
            return;
        }
        for (ToolOption option : tool.options()) {
            if (!options.getChildren().isEmpty()) {
                options.getChildren().add(MainView.divider());
            }
            options.getChildren().add(row(tool, option));
        }
        String tip = tool.labelKey() + ".tip";
        if (texts.has(tip)) {
            Label label = new Label(texts.get(tip));
            label.getStyleClass().add("muted");
            options.getChildren().add(label);
        }
    }

    private Node row(CanvasTool tool, ToolOption option) {
        // A fraction is shown in hundredths.
        double factor = switch (option.unit()) {
            case PIXELS -> 1;
            case PERCENT -> 100;
        };
        double least = option.min() * factor;
        double most = option.max() * factor;
        NumberRow number = new NumberRow(tool.id() + "-" + option.id(), texts.get(option.labelKey()),
                texts.get("unit." + option.unit()), switch (option.scale()) {
                    case LINEAR -> NumberRow.Scale.linear(least, most);
                    case LOGARITHMIC -> NumberRow.Scale.logarithmic(least, most);
                }, 1);
        values = values.and(option.value()
                .subscribe(value -> number.value().set(Math.rint(value.doubleValue() * factor))));
        number.value().subscribe(value -> {
            if (Math.rint(option.value().get() * factor) != value.doubleValue()) {
                option.value().set(value.doubleValue() / factor);
            }
        });
        number.field().setOnAction(event -> done.run());
        number.label().setMinWidth(Region.USE_PREF_SIZE);
        HBox box = new HBox(number.label(), number.slider(), number.field(), number.unit());
        box.setSpacing(8);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    @Override
    public void close() {
        tool.unsubscribe();
        values.unsubscribe();
    }
}
