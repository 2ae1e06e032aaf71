package lacuna.ui.layers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.scene.image.Image;

import lacuna.document.Document;
import lacuna.document.Layer;
import lacuna.document.Provenance;
import lacuna.editor.Editor;
import lacuna.editor.EditorEvent;
import lacuna.editor.Subscription;
import lacuna.io.DisplayTransform;
import lacuna.model.InstalledModel;
import lacuna.model.Manifest;
import lacuna.model.ModelLibrary;
import lacuna.ui.kit.Texts;
import lacuna.ui.layers.LayersModel.Row;
import lacuna.ui.state.DeviceNames;
import lacuna.ui.state.Thumbnails;

/// Shows the document's layers in the list, and does what the person does with them.
public final class LayersController implements LayerCommands, AutoCloseable {
    private static final int THUMBNAIL_WIDTH = 68;
    private static final int THUMBNAIL_HEIGHT = 52;

    private final LayersModel model;
    private final Editor editor;
    private final ModelLibrary library;
    private final Texts texts;
    private final Thumbnails thumbnails;
    private final DeviceNames devices;
    private final Map<Long, Image> made = new HashMap<>();
    private final Set<Long> asked = new HashSet<>();
    private final Subscription events;

    public LayersController(LayersModel model, Editor editor, ModelLibrary library, Texts texts,
            Thumbnails thumbnails, DeviceNames devices) {
        this.devices = devices;
        this.model = model;
        this.editor = editor;
        this.library = library;
        this.texts = texts;
        this.thumbnails = thumbnails;
        this.events = editor.listen(this::heard);
        refresh();
    }

    private void heard(EditorEvent event) {
        switch (event) {
            case EditorEvent.DocumentOpened _,EditorEvent.DocumentClosed _ -> {
                made.clear();
                asked.clear();
                refresh();
            }
            case EditorEvent.LayersChanged _,EditorEvent.HistoryChanged _ -> refresh();
            default -> {
                // Not about layers.
            }
        }
    }

    private void refresh() {
        Optional<Row> before = Optional.ofNullable(model.selected().get());
        List<Row> rows = new ArrayList<>();
        editor.document().ifPresent(document -> document.layers().reversed()
                .forEach(layer -> rows.add(row(layer, document))));
        if (!rows.equals(model.rows())) {
            boolean came = rows.size() > model.rows().size();
            model.rows().setAll(rows);
            Optional<Row> same = before
                    .flatMap(old -> rows.stream().filter(row -> row.id() == old.id()).findFirst());
            model.selected().set(came || same.isEmpty() ? rows.stream().findFirst().orElse(null) : same.get());
        }
    }

    private Row row(Layer layer, Document document) {
        Image thumbnail = made.get(layer.id());
        if (thumbnail == null && asked.add(layer.id())) {
            thumbnails.make(layer.raster(), DisplayTransform.of(document.metadata().profile()), THUMBNAIL_WIDTH,
                    THUMBNAIL_HEIGHT, image -> {
                        made.put(layer.id(), image);
                        refresh();
                    });
        }
        String name = layer.name().isEmpty() ? texts.get(layer.nameKey()) : layer.name();
        return new Row(layer.id(), name, detail(layer), thumbnail, layer.isVisible(), layer.opacity(),
                editor.canRemove(layer) && layer.provenance().isPresent());
    }

    /// What made the layer, how much was merged into it, and what gave it another size.
    private String detail(Layer layer) {
        List<String> parts = new ArrayList<>();
        layer.provenance().map(this::maker).ifPresent(parts::add);
        if (!layer.merged().isEmpty()) {
            parts.add(texts.get("layer.merged", layer.merged().size()));
        }
        layer.resized().stream().map(this::maker).forEach(parts::add);
        return String.join(" · ", parts);
    }

    private String maker(Provenance made) {
        String device = devices.ofTrace(made.device());
        return made.model().isEmpty()
                ? device
                : library.byId(made.model()).map(InstalledModel::manifest).map(Manifest::name).orElse(made.model())
                        + " · " + device;
    }

    private Optional<Layer> layer(long id) {
        return editor.document()
                .flatMap(document -> document.layers().stream().filter(layer -> layer.id() == id).findFirst());
    }

    @Override
    public void show(long id) {
        layer(id).ifPresent(editor::show);
    }

    @Override
    public void hide(long id) {
        layer(id).ifPresent(editor::hide);
    }

    @Override
    public void setOpacity(long id, double opacity) {
        layer(id).ifPresent(layer -> editor.setOpacity(layer, opacity));
    }

    @Override
    public void rename(long id, String name) {
        layer(id).ifPresent(layer -> editor.rename(layer, name));
    }

    @Override
    public void delete(long id) {
        layer(id).ifPresent(editor::remove);
    }

    @Override
    public void close() {
        events.close();
    }
}
