package lacuna.ui;

import java.util.List;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.property.BooleanProperty;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;

import lacuna.editor.Editor;
import lacuna.ui.canvas.CanvasTool;
import lacuna.ui.canvas.CanvasView;
import lacuna.ui.files.FilesController;
import lacuna.ui.kit.Action;
import lacuna.ui.kit.Actions;
import lacuna.ui.kit.Icon;
import lacuna.ui.layers.LayersController;
import lacuna.ui.layers.LayersModel;
import lacuna.ui.operations.OperationsController;
import lacuna.ui.operations.OperationsModel;
import lacuna.ui.operations.OperationsModel.Phase;
import lacuna.ui.state.EditorState;
import lacuna.ui.tools.StrokeTool;

/// The registry of actions: everything that a person can do in the window, a line each.
final class MainActions {
    private final Actions actions;
    private final EditorState state;

    MainActions(Actions actions, EditorState state) {
        this.actions = actions;
        this.state = state;
    }

    void files(FilesController files, Editor editor) {
        add("file.open", files::open).icon(Icon.OPEN).keys("Shortcut+O");
        add("file.paste", files::paste).icon(Icon.PASTE).keys("Shortcut+V");
        add("file.save", files::save).icon(Icon.SAVE).keys("Shortcut+S").when(state.hasDocument());
        add("file.saveAs", files::saveAs).keys("Shortcut+Shift+S").when(state.hasDocument());
        add("file.close", () -> files.close(() -> {})).keys("Shortcut+W").when(state.hasDocument());
        add("edit.undo", editor::undo).icon(Icon.UNDO).keys("Shortcut+Z").when(state.canUndo());
        add("edit.redo", editor::redo).icon(Icon.REDO).keys("Shortcut+Shift+Z", "Shortcut+Y").when(state.canRedo());
    }

    /// @param tint whether the mask is shown
    void mask(FilesController files, Editor editor, BooleanProperty tint) {
        BooleanBinding marked = state.hasDocument().and(state.maskEmpty().not());
        actions.add(Action.toggle("mask.show", tint)).icon(Icon.SHOW).keys("M")
                .when(state.hasDocument());
        add("mask.clear", editor::clearMask).icon(Icon.CLEAR_MASK).keys("Shortcut+D").when(marked);
        add("mask.invert", editor::invertMask).icon(Icon.INVERT_MASK).keys("Shortcut+Shift+I")
                .when(state.hasDocument());
        add("mask.clearSources", editor::clearSources).when(state.sourcesMarked());
        add("mask.open", files::openMask).keys("Shortcut+Shift+O").when(state.hasDocument());
        add("mask.save", files::saveMask).keys("Shortcut+Shift+M").when(marked);
    }

    /// One action for each tool, and those for the brush in hand.
    void tools(List<CanvasTool> tools, CanvasView canvas) {
        for (CanvasTool tool : tools) {
            Action take = new Action(ToolRail.actionOf(tool), () -> {
                canvas.setTool(tool);
                canvas.requestFocus();
            });
            actions.add(take.shows(canvas.toolProperty().isEqualTo(tool))).icon(tool::icon).textKey(tool.labelKey())
                    .keys(tool.shortcut())
                    .when(state.hasDocument());
        }
        BooleanBinding brush = Bindings.createBooleanBinding(() -> canvas.getTool() instanceof StrokeTool,
                canvas.toolProperty());
        brush("brush.larger", canvas, StrokeTool::larger).key(KeyCode.CLOSE_BRACKET).when(brush);
        brush("brush.smaller", canvas, StrokeTool::smaller).key(KeyCode.OPEN_BRACKET).when(brush);
        brush("brush.harder", canvas, StrokeTool::harder).key(KeyCode.CLOSE_BRACKET, KeyCombination.SHIFT_DOWN)
                .when(brush);
        brush("brush.softer", canvas, StrokeTool::softer).key(KeyCode.OPEN_BRACKET, KeyCombination.SHIFT_DOWN)
                .when(brush);
    }

    private Action brush(String id, CanvasView canvas, Consumer<StrokeTool> change) {
        return add(id, () -> {
            if (canvas.getTool() instanceof StrokeTool tool) {
                change.accept(tool);
            }
        });
    }

    /// @param split whether the view shows before and after
    /// @param original whether it shows what was before
    /// @param dark whether the window is dark
    void view(CanvasView canvas, BooleanProperty split, BooleanProperty original, BooleanProperty dark) {
        add("view.zoomIn", canvas::zoomIn).icon(Icon.ZOOM_IN).keys("Shortcut+Equals", "Shortcut+Plus", "Shortcut+Add")
                .when(state.hasDocument());
        add("view.zoomOut", canvas::zoomOut).icon(Icon.ZOOM_OUT).keys("Shortcut+Minus", "Shortcut+Subtract")
                .when(state.hasDocument());
        add("view.fit", canvas::fit).icon(Icon.FIT).keys("Shortcut+0").when(state.hasDocument());
        add("view.actual", canvas::actualSize).keys("Shortcut+1").when(state.hasDocument());
        actions.add(Action.toggle("view.compare", split)).icon(Icon.COMPARE).keys("Y")
                .when(state.hasDocument());
        actions.add(Action.toggle("view.original", original)).key(KeyCode.BACK_SLASH)
                .when(state.hasDocument());
        actions.add(Action.toggle("view.theme", dark)).keys("Shortcut+Shift+T");
    }

    void operations(OperationsModel model, OperationsController controller) {
        BooleanBinding applying = model.phase().isEqualTo(Phase.APPLYING);
        BooleanBinding shown = model.phase().isEqualTo(Phase.PREVIEWED);
        actions.add(Action.toggle("operation.preview", model.preview())).keys("P")
                .when(state.hasDocument().and(applying.not()));
        add("operation.apply", controller::apply).icon(Icon.DONE).keys("Shortcut+Enter")
                .when(model.runnable().and(model.phase().isEqualTo(Phase.IDLE)));
        add("operation.keep", controller::keep).icon(Icon.DONE).keys("Shortcut+Enter").when(shown);
        add("operation.discard", controller::discard).keys("Esc").when(shown.or(model.frameTimes().greaterThan(0)));
        add("operation.cancel", controller::cancel).icon(Icon.CLOSE).keys("Esc")
                .when(applying.or(model.phase().isEqualTo(Phase.PREVIEWING)));
    }

    void layers(LayersModel model, LayersController controller) {
        BooleanBinding removable = Bindings.createBooleanBinding(() -> {
            LayersModel.Row row = model.selected().get();
            return row != null && row.removable();
        }, model.selected());
        add("layer.delete", () -> {
            LayersModel.Row row = model.selected().get();
            if (row != null) {
                controller.delete(row.id());
            }
        }).icon(Icon.DELETE).keys("Delete").when(removable);
        add("layer.rename", () -> model.renaming().set(true)).keys("F2").when(Bindings.isNotNull(model.selected()));
    }

    /// @param quit ends the program, after asking where something would be lost
    void program(Runnable preferences, Runnable quit, Runnable palette, Runnable keys, Runnable about) {
        add("app.preferences", preferences).icon(Icon.SETTINGS).keys("Shortcut+Comma");
        add("app.quit", quit).keys("Shortcut+Q");
        add("help.palette", palette).icon(Icon.SEARCH).keys("Shortcut+Shift+P");
        add("help.keys", keys).keys("F1");
        add("help.about", about).keys("Shift+F1");
    }

    private Action add(String id, Runnable work) {
        return actions.add(new Action(id, work));
    }
}
