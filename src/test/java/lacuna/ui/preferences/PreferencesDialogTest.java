package lacuna.ui.preferences;

import java.util.List;
import java.util.function.UnaryOperator;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

import lacuna.inference.Device;
import lacuna.inference.DeviceReport;
import lacuna.inference.DeviceReport.Finding;
import lacuna.settings.Settings;
import lacuna.ui.kit.DialogHost;
import lacuna.ui.kit.Language;
import lacuna.ui.kit.Texts;

import static org.assertj.core.api.Assertions.assertThat;

class PreferencesDialogTest {
    private static final DeviceReport CPU = new DeviceReport(Device.CPU, Finding.SOUND, "");
    private static final DeviceReport GOOD = new DeviceReport(new Device("webgpu", "WebGPU (Vulkan)"), Finding.SOUND,
            "");

    private Settings settings = Settings.DEFAULT;

    private DialogHost open(Language language, DeviceReport... reports) throws Exception {
        FxToolkit.registerPrimaryStage();
        return WaitForAsyncUtils.asyncFx(() -> {
            DialogHost host = new DialogHost();
            Scene scene = new Scene(host);
            new PreferencesDialog(host, Texts.in(language), List.of(reports), new PreferencesDialog.Changes() {
                @Override
                public Settings now() {
                    return settings;
                }

                @Override
                public void change(UnaryOperator<Settings> change) {
                    settings = change.apply(settings);
                }
            }).open();
            scene.getRoot().applyCss();
            scene.getRoot().layout();
            return host;
        }).get();
    }

    @SuppressWarnings("unchecked")
    private static <T> ComboBox<T> choice(DialogHost host, String id) {
        return (ComboBox<T>) host.lookup("#preference-" + id);
    }

    private static List<String> notes(DialogHost host) {
        return host.lookupAll(".form-note").stream().map(node -> ((Labeled) node).getText()).toList();
    }

    @Test
    void whatModelsMayHoldIsChosenApartFromWhatPicturesMay() throws Exception {
        DialogHost host = open(Language.ENGLISH, CPU);
        ComboBox<Integer> models = choice(host, "models");
        assertThat(models.getAccessibleText()).isEqualTo("Memory for models");
        assertThat(models.getValue()).isZero();
        WaitForAsyncUtils.asyncFx(() -> models.setValue(1024)).get();
        assertThat(settings.memory()).isEqualTo(new Settings.Memory(0, 512, 1024));
        WaitForAsyncUtils.asyncFx(() -> PreferencesDialogTest.<Integer>choice(host, "memory").setValue(2048)).get();
        assertThat(settings.memory()).isEqualTo(new Settings.Memory(2048, 512, 1024));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SOUND")
    void aDeviceThatIsNotUsedCannotBeChosenAndTheReasonIsSaid(Finding finding) throws Exception {
        DeviceReport bad = new DeviceReport(new Device("cuda", "CUDA"), finding, "it says why");
        for (Language language : Language.values()) {
            DialogHost host = open(language, CPU, GOOD, bad);
            assertThat(PreferencesDialogTest.<String>choice(host, "device").getItems()).containsExactly("auto", "cpu",
                    "webgpu");
            assertThat(notes(host)).filteredOn(note -> note.contains("CUDA")).singleElement()
                    .satisfies(note -> assertThat(note).contains("it says why").doesNotContain("preferences."));
            assertThat(notes(host)).noneMatch(note -> note.contains("WebGPU"));
        }
    }
}
