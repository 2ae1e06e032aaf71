package lacuna.ui;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.image.Image;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.TransferMode;
import javafx.stage.Stage;

import lacuna.job.JobQueue;
import lacuna.operation.Operations;
import lacuna.settings.Settings;
import lacuna.ui.canvas.CanvasModel;
import lacuna.ui.canvas.CanvasTool;
import lacuna.ui.canvas.CanvasView;
import lacuna.ui.files.FileChoosers;
import lacuna.ui.files.PictureClipboard;
import lacuna.ui.files.WriteConsent;
import lacuna.ui.fx.FxThread;
import lacuna.ui.kit.Language;
import lacuna.ui.kit.Notifications.Kind;
import lacuna.ui.kit.Texts;
import lacuna.ui.operations.OperationsModel;
import lacuna.ui.tools.StrokeTool;
import lacuna.ui.tools.Tools;

/// The window: holds what stays when language and theme change, hears keys and dropped files, and asks before it
/// closes.
public final class MainWindow {
    private final Services services;
    private final Stage stage;
    private final Scene scene;
    private final CanvasModel canvasModel = new CanvasModel();
    private final CanvasView canvas;
    private final CanvasController canvasController;
    private final List<CanvasTool> tools;
    private final FileChoosers choosers;
    private final PictureClipboard clipboard;
    private final WriteConsent consent = new WriteConsent();
    private final BooleanProperty dark = new SimpleBooleanProperty(this, "dark");
    private Workbench workbench;
    private Texts texts;

    /// Fills the stage's scene, or a new one where it has none; shows nothing by itself.
    ///
    /// @param choosers asks for files
    public MainWindow(Services services, Stage stage, FileChoosers choosers, PictureClipboard clipboard) {
        this.services = services;
        this.stage = stage;
        this.choosers = choosers;
        this.clipboard = clipboard;
        this.canvas = new CanvasView(canvasModel, services.jobs());
        this.canvasController = new CanvasController(canvasModel, services.editor());
        this.tools = Tools.all(canvasController);
        canvas.setTool(tools.getFirst());
        takeBrushFromSettings();
        this.texts = Texts.in(language());
        this.dark.set(Look.isDark(settings().theme()));
        this.workbench = new Workbench(services, texts, parts(), new OperationsModel(Operations.all()));
        this.scene = fill(stage, workbench.root());
        Look.applyTo(scene, settings().theme());
        followTheme();
        hearKeys();
        hearDrops();
        showTitle();
        stage.setOnCloseRequest(event -> {
            event.consume();
            quit();
        });
        stage.focusedProperty().subscribe(focused -> {
            if (!focused) {
                canvasModel.setShowBefore(false);
            }
        });
    }

    private static Scene fill(Stage stage, Parent root) {
        Scene there = stage.getScene();
        if (there != null) {
            there.setRoot(root);
            return there;
        }
        Scene made = new Scene(root, Placement.WIDTH, Placement.HEIGHT);
        stage.setScene(made);
        return made;
    }

    public void begin(Beginning beginning) {
        beginning.picture().ifPresent(picture -> {
            workbench.main().expecting().set(true);
            beginning.mask().ifPresentOrElse(mask -> workbench.files().open(picture, mask),
                    () -> workbench.files().open(picture));
        });
    }

    /// What need not be there in the first frame.
    public void finish() {
        // All at once: the window system is told at each change.
        stage.getIcons().setAll(Stream.of("16", "32", "48", "128", "256")
                .map(size -> Objects
                        .requireNonNull(MainWindow.class.getResource("/lacuna/icons/lacuna-" + size + ".png")))
                .map(icon -> new Image(icon.toExternalForm())).toList());
        services.settings().warnings().forEach(warning -> workbench.notifications().show(Kind.NOTICE, warning));
    }

    /// The workbench, for tests.
    Workbench workbench() {
        return workbench;
    }

    CanvasView canvas() {
        return canvas;
    }

    private Settings settings() {
        return services.settings().get();
    }

    private Language language() {
        return Language.of(settings().language(), Locale.getDefault());
    }

    private Workbench.Window parts() {
        return new Workbench.Window(canvasModel, canvas, tools, choosers, clipboard, dark, this::quit, this::change,
                consent);
    }

    // Preferences

    private void change(UnaryOperator<Settings> change) {
        Settings before = settings();
        Settings after = services.settings().update(change);
        saveSettings();
        if (before.theme() != after.theme()) {
            applyLook();
        }
        if (!before.language().equals(after.language())) {
            // The control that chose belongs to what is about to go.
            FxThread.LATER.execute(this::speakAnew);
        }
    }

    private void speakAnew() {
        if (language() == texts.language()) {
            return;
        }
        workbench.close();
        texts = Texts.in(language());
        workbench = new Workbench(services, texts, parts(), workbench.operations().copy());
        scene.setRoot(workbench.root());
        showTitle();
        workbench.openPreferences();
    }

    private void followTheme() {
        Platform.getPreferences().colorSchemeProperty().subscribe(scheme -> applyLook());
        dark.subscribe(wanted -> {
            if (wanted != Look.isDark(settings().theme())) {
                change(settings -> settings.withTheme(wanted ? Settings.Theme.DARK : Settings.Theme.LIGHT));
            }
        });
    }

    private void applyLook() {
        boolean now = Look.isDark(settings().theme());
        if (now != dark.get() || scene.getStylesheets().isEmpty()) {
            dark.set(now);
        }
        Look.applyToProgram(settings().theme());
        Look.applyTo(scene, settings().theme());
    }

    private void saveSettings() {
        var _ = services.jobs().submit(JobQueue.FILES, "settings", (_, _) -> {
            services.settings().save();
            return true;
        });
    }

    private void takeBrushFromSettings() {
        for (CanvasTool tool : tools) {
            if (tool instanceof StrokeTool stroke) {
                stroke.setSize(settings().brush().diameter());
                stroke.setHardness(settings().brush().hardness());
            }
        }
    }

    private void keepBrush() {
        if (tools.getFirst() instanceof StrokeTool brush) {
            services.settings().update(settings -> settings
                    .withBrush(new Settings.Brush(brush.getSize(), brush.getHardness())));
        }
    }

    // Place and title

    private void keepPlace() {
        Placement.of(stage)
                .ifPresent(place -> services.settings().update(settings -> settings.withWindow(place)));
    }

    /// The signs in it are Latin-1: X11's old encodings take GTK a tenth of a second to load for anything else.
    private void showTitle() {
        MainModel main = workbench.main();
        stage.titleProperty().unbind();
        stage.titleProperty().bind(Bindings.createStringBinding(
                () -> main.title().get().isEmpty()
                        ? "Lacuna"
                        : (main.dirty().get() ? "*" : "") + main.title().get() + " - Lacuna",
                main.title(), main.dirty()));
    }

    // Keys and drops

    private void hearKeys() {
        scene.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (workbench.dialogs().showing().get()) {
                return;
            }
            boolean typing = event.getTarget() instanceof TextInputControl;
            if (!typing && isOriginalKey(event)) {
                canvasModel.setShowBefore(true);
                event.consume();
            } else if (!typing && !event.isConsumed() && canvas.offerKey(event)) {
                event.consume();
            } else {
                workbench.actions().handle(event);
            }
        });
        scene.addEventHandler(KeyEvent.KEY_RELEASED, event -> {
            if (isOriginalKey(event)) {
                canvasModel.setShowBefore(false);
            }
            if (!event.isConsumed()) {
                canvas.offerKey(event);
            }
        });
    }

    /// This one is held, so it is not left to the action, which turns over.
    private boolean isOriginalKey(KeyEvent event) {
        return services.editor().document().isPresent() && workbench.actions().get("view.original").shortcuts().stream()
                .anyMatch(keys -> keys.match(event)
                        // What was held with it may have been let go before.
                        || event.getEventType() == KeyEvent.KEY_RELEASED
                                && keys instanceof KeyCodeCombination key && event.getCode() == key.getCode());
    }

    private void hearDrops() {
        scene.setOnDragOver(event -> {
            if (canTake(event)) {
                event.acceptTransferModes(TransferMode.COPY);
                workbench.main().dropping().set(true);
                event.consume();
            }
        });
        scene.setOnDragExited(event -> workbench.main().dropping().set(false));
        scene.setOnDragDropped(event -> {
            workbench.main().dropping().set(false);
            if (canTake(event)) {
                event.setDropCompleted(true);
                Optional<Path> file = event.getDragboard().getFiles().stream().findFirst().map(File::toPath);
                // The drag is over first: a question in between would hold the other program.
                file.ifPresent(path -> FxThread.LATER.execute(() -> workbench.files().open(path)));
                event.consume();
            }
        });
    }

    private boolean canTake(DragEvent event) {
        return event.getDragboard().hasFiles() && !workbench.dialogs().showing().get();
    }

    // The end

    private void quit() {
        workbench.files().leaving(() -> {
            keepPlace();
            keepBrush();
            var _ = services.jobs().submit(JobQueue.FILES, "settings", (_, _) -> {
                services.settings().save();
                return true;
            }, job -> job.whenDone(outcome -> FxThread.LATER.execute(this::end)));
        });
    }

    /// Files are written in order, so that a save under way is over when this is called.
    private void end() {
        workbench.close();
        canvasController.close();
        canvas.dispose();
        stage.close();
        Platform.exit();
    }
}
