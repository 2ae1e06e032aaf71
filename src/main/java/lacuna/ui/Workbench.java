package lacuna.ui;

import java.util.List;
import java.util.function.UnaryOperator;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.layout.StackPane;
import javafx.util.Subscription;

import lacuna.editor.EditorEvent;
import lacuna.inference.Device;
import lacuna.settings.Settings;
import lacuna.ui.canvas.CanvasModel;
import lacuna.ui.canvas.CanvasTool;
import lacuna.ui.canvas.CanvasView;
import lacuna.ui.files.FileChoosers;
import lacuna.ui.files.FilesController;
import lacuna.ui.files.PictureClipboard;
import lacuna.ui.files.WriteConsent;
import lacuna.ui.fx.Debounce;
import lacuna.ui.fx.FxThread;
import lacuna.ui.help.HelpDialogs;
import lacuna.ui.history.HistoryController;
import lacuna.ui.history.HistoryModel;
import lacuna.ui.history.HistoryView;
import lacuna.ui.jobs.StatusController;
import lacuna.ui.jobs.StatusLine;
import lacuna.ui.jobs.StatusModel;
import lacuna.ui.kit.Actions;
import lacuna.ui.kit.DialogHost;
import lacuna.ui.kit.Notifications;
import lacuna.ui.kit.Texts;
import lacuna.ui.layers.LayersController;
import lacuna.ui.layers.LayersModel;
import lacuna.ui.layers.LayersView;
import lacuna.ui.operations.OperationsController;
import lacuna.ui.operations.OperationsModel;
import lacuna.ui.operations.OperationsView;
import lacuna.ui.palette.CommandPalette;
import lacuna.ui.preferences.PreferencesDialog;
import lacuna.ui.state.DeviceNames;
import lacuna.ui.state.EditorState;
import lacuna.ui.state.Thumbnails;
import lacuna.ui.welcome.WelcomeController;
import lacuna.ui.welcome.WelcomeModel;
import lacuna.ui.welcome.WelcomeView;

/// Everything in the window that speaks a language: models, controllers and views, put together by hand. Another
/// language makes another workbench around the same editor and canvas.
final class Workbench implements AutoCloseable {
    private final Services services;
    private final Texts texts;
    private final Window window;
    private final MainModel main = new MainModel();
    private final DialogHost dialogs = new DialogHost();
    private final Notifications notifications;
    private final Actions actions;
    private final EditorState state;
    private final FilesController files;
    private final OperationsController operations;
    private final OperationsModel operationsModel;
    private final LayersController layers;
    private final HistoryController history;
    private final StatusController status;
    private final WelcomeController welcome;
    private final WelcomeModel welcomeModel = new WelcomeModel();
    private final lacuna.editor.Subscription events;
    private final Subscription frame;
    private final ToolOptions toolOptions;
    private final StackPane root;

    /// What stays when the language changes.
    ///
    /// @param dark whether the window is dark now; setting it chooses
    /// @param quit ends the program, after asking where something would be lost
    /// @param change changes the preferences and does what follows from it
    /// @param consent which files may be written over
    record Window(CanvasModel canvasModel, CanvasView canvas, List<CanvasTool> tools, FileChoosers choosers,
            PictureClipboard clipboard, BooleanProperty dark, Runnable quit, Change change, WriteConsent consent) {}

    /// Changes the preferences.
    @FunctionalInterface
    interface Change {
        void apply(UnaryOperator<Settings> change);
    }

    /// @param operationsModel what is chosen and set in the panel of operations
    Workbench(Services services, Texts texts, Window window, OperationsModel operationsModel) {
        this.services = services;
        this.texts = texts;
        this.window = window;
        this.operationsModel = operationsModel;
        this.notifications = new Notifications(texts);
        this.actions = new Actions(texts);
        this.state = new EditorState(services.editor());
        this.files = new FilesController(services.editor(), services.jobs(), services.store(), texts, dialogs,
                notifications, window.choosers(), window.clipboard(), window.consent());
        this.operations = new OperationsController(operationsModel, services.editor(), state, services.models(), texts,
                new DeviceNames(services.engine(), texts), window.canvas()::visibleArea,
                new Debounce(Debounce.PREVIEW));
        LayersModel layersModel = new LayersModel();
        this.layers = new LayersController(layersModel, services.editor(), services.models(), texts,
                new Thumbnails(services.jobs(), FxThread.LATER), new DeviceNames(services.engine(), texts));
        HistoryModel historyModel = new HistoryModel();
        this.history = new HistoryController(historyModel, services.editor(), texts);
        StatusModel statusModel = new StatusModel();
        this.status = new StatusController(statusModel, services.editor(), services.store(), texts,
                window.canvas().zoomProperty(), window.canvas().pointerProperty(),
                new DeviceNames(services.engine(), texts), deviceId());
        this.welcome = new WelcomeController(welcomeModel, services.editor(), texts, services.paths().samples(),
                services.jobs(), services.store(), services.paths().cache(), services.editor()::limits,
                FxThread.LATER);
        this.events = services.editor().listen(this::heard);
        registerActions(layersModel);
        bindMain();
        this.frame = bindFrame();
        this.toolOptions = new ToolOptions(texts, actions, window.canvas().toolProperty(),
                window.canvas()::requestFocus);
        MainView.Parts parts = new MainView.Parts(ToolRail.build(window.tools(), actions),
                toolOptions.build(), window.canvas(),
                new OperationsView(operationsModel, texts, actions).build(),
                new LayersView(layersModel, layers, texts, actions).build(),
                new HistoryView(historyModel, texts, history::goTo).build(),
                new StatusLine(statusModel, texts, actions, status::cancel).build(),
                new WelcomeView(welcomeModel, texts, actions, files::open,
                        sample -> files.open(sample.picture(), WelcomeController.maskOf(sample.picture()))).build(),
                notifications, dialogs);
        this.root = new MainView(main, texts, actions, parts).build();
    }

    StackPane root() {
        return root;
    }

    MainModel main() {
        return main;
    }

    Actions actions() {
        return actions;
    }

    FilesController files() {
        return files;
    }

    DialogHost dialogs() {
        return dialogs;
    }

    Notifications notifications() {
        return notifications;
    }

    OperationsModel operations() {
        return operationsModel;
    }

    void openPreferences() {
        new PreferencesDialog(dialogs, texts, services.engine().findings(), new PreferencesDialog.Changes() {
            @Override
            public Settings now() {
                return services.settings().get();
            }

            @Override
            public void change(UnaryOperator<Settings> change) {
                window.change().apply(change);
            }
        }).open();
    }

    private void registerActions(LayersModel layersModel) {
        HelpDialogs help = new HelpDialogs(dialogs, texts, actions);
        MainActions registry = new MainActions(actions, state);
        registry.files(files, services.editor());
        registry.operations(operationsModel, operations);
        registry.tools(window.tools(), window.canvas());
        CanvasModel canvas = window.canvasModel();
        registry.mask(files, services.editor(), linked(canvas.tintVisibleProperty()));
        registry.view(window.canvas(), linked(canvas.splitProperty()), linked(canvas.showBeforeProperty()),
                linked(window.dark()));
        registry.layers(layersModel, layers);
        registry.program(this::openPreferences, window.quit(), new CommandPalette(actions, texts, dialogs)::open,
                help::keys, help::about);
    }

    /// A property of this workbench that goes with one that outlives it. Buttons and menus listen to this one: on the other
    /// they would stay for as long as the window does.
    private static BooleanProperty linked(BooleanProperty lasting) {
        BooleanProperty own = new SimpleBooleanProperty();
        own.bindBidirectional(lasting);
        return own;
    }

    /// The frame on the canvas is the one of the operation, as long as this workbench lasts.
    private Subscription bindFrame() {
        CanvasModel canvas = window.canvasModel();
        return Subscription.combine(
                canvas.lensAreaProperty().subscribe(area -> operationsModel.frame().set(area)),
                operationsModel.frameCaption().subscribe(text -> canvas.lensCaptionProperty().set(text)),
                operationsModel.frameTimes().subscribe(times -> canvas.setLensTimes(times.doubleValue())));
    }

    private void bindMain() {
        main.hasDocument().bind(state.hasDocument());
        main.dirty().bind(state.dirty());
        main.split().bind(window.canvasModel().splitProperty());
        main.showingOriginal().bind(window.canvasModel().showBeforeProperty());
        Bindings.bindContent(main.recent(), welcomeModel.recent());
        welcomeModel.dropping().bind(main.dropping());
        main.onOpenRecent(files::open);
        main.welcomeShown().subscribe(shown -> {
            if (shown) {
                welcome.shown();
            } else {
                welcome.hidden();
            }
        });
        showTitle();
    }

    private void heard(EditorEvent event) {
        if (event instanceof EditorEvent.DirtyChanged || event instanceof EditorEvent.DocumentOpened) {
            showTitle();
        }
        if (event instanceof EditorEvent.DocumentOpened) {
            main.expecting().set(false);
            window.canvas().requestFocus();
        }
        if (event instanceof EditorEvent.DocumentOpened || event instanceof EditorEvent.DocumentResized) {
            // Where a stroke ended is another place now.
            window.tools().forEach(CanvasTool::documentChanged);
        }
        if (event instanceof EditorEvent.JobEnded) {
            main.expecting().set(false);
        }
    }

    private void showTitle() {
        main.title().set(services.editor().document()
                .map(document -> EditorState.nameOf(document, texts.get("app.untitled"))).orElse(""));
    }

    /// The CPU where there is nothing else to choose.
    private String deviceId() {
        return services.engine().devices().size() < 2 ? Device.CPU.id() : services.settings().get().device();
    }

    @Override
    public void close() {
        events.close();
        frame.unsubscribe();
        toolOptions.close();
        welcome.close();
        status.close();
        history.close();
        layers.close();
        operations.close();
        files.close();
        state.close();
    }
}
