package lacuna.ui.history;

import java.util.ArrayList;
import java.util.List;

import lacuna.document.History;
import lacuna.editor.Editor;
import lacuna.editor.EditorEvent;
import lacuna.editor.Subscription;
import lacuna.ui.kit.Texts;

/// Shows the document's history in the list, and goes to the step that the person chooses.
public final class HistoryController implements AutoCloseable {
    private final HistoryModel model;
    private final Editor editor;
    private final Texts texts;
    private final Subscription events;

    public HistoryController(HistoryModel model, Editor editor, Texts texts) {
        this.model = model;
        this.editor = editor;
        this.texts = texts;
        this.events = editor.listen(event -> {
            if (event instanceof EditorEvent.HistoryChanged) {
                refresh();
            }
        });
        refresh();
    }

    /// Undoes or redoes until `steps` steps are done.
    public void goTo(int steps) {
        // Where a step cannot be taken back now, the loop ends there.
        while (position() > steps && editor.canUndo()) {
            editor.undo();
        }
        while (position() < steps && editor.canRedo()) {
            editor.redo();
        }
        refresh();
    }

    private int position() {
        return editor.document().map(document -> document.history().position()).orElse(0);
    }

    private void refresh() {
        List<String> steps = new ArrayList<>();
        editor.document().ifPresent(document -> {
            History history = document.history();
            steps.add(texts.get("history.opened"));
            history.nameKeys().forEach(key -> steps.add(texts.get(key)));
        });
        if (!steps.equals(model.steps())) {
            model.steps().setAll(steps);
        }
        model.position().set(position());
    }

    @Override
    public void close() {
        events.close();
    }
}
