package lacuna.ui.state;

import java.util.stream.Collectors;

import lacuna.document.Provenance;
import lacuna.editor.Failure;
import lacuna.editor.Task;
import lacuna.io.Notice;
import lacuna.operation.Fallback;
import lacuna.ui.kit.Texts;

/// Says in the person's language what the other rooms report as values.
public final class Sentences {
    private final Texts texts;

    public Sentences(Texts texts) {
        this.texts = texts;
    }

    /// What went wrong; in English where the bundle does not know it.
    public String of(Failure failure) {
        return texts.has(failure.textKey())
                ? texts.get(failure.textKey(), failure.arguments().toArray())
                : failure.message();
    }

    /// In which other way something was done.
    public String of(Fallback fallback) {
        return texts.get(fallback.textKey(), fallback.arguments().toArray());
    }

    /// What an operation found out by itself; empty where there is nothing to say.
    public String found(Provenance made) {
        String found = made.found().entrySet().stream()
                .map(entry -> texts.get("operation.%s.found.%s".formatted(made.operation(), entry.getKey()),
                        entry.getValue()))
                .collect(Collectors.joining(texts.get("list.separator")));
        return found.isEmpty() ? "" : texts.get("operation.found", found);
    }

    /// What a person should know about a file.
    public String of(Notice notice) {
        String key = "notice." + notice.kind().name();
        return texts.has(key) ? texts.get(key, notice.arguments().toArray()) : notice.message();
    }

    /// What is being done.
    public String of(Task task) {
        return texts.get(task.kind().textKey(), subject(task));
    }

    /// What a job is about: the name of an operation, or of a file.
    public String subject(Task task) {
        return texts.has(task.subject()) ? texts.get(task.subject()) : task.subject();
    }
}
