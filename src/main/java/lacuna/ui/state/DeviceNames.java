package lacuna.ui.state;

import java.util.Locale;

import lacuna.inference.Device;
import lacuna.inference.Engine;
import lacuna.ui.kit.Texts;

/// Names of devices as people read them.
public final class DeviceNames {
    private final Engine engine;
    private final Texts texts;

    public DeviceNames(Engine engine, Texts texts) {
        this.engine = engine;
        this.texts = texts;
    }

    /// @param trace what a picture's record says, see [Device#trace()]
    public String ofTrace(String trace) {
        String id = of(Device.idOf(trace));
        String name = Device.isHalf(trace) ? texts.get("device.half", id) : id;
        return Device.isPartly(trace) ? texts.get("device.partly", name) : name;
    }

    /// @param id of a device, also one that is not there any more
    public String of(String id) {
        if (id.equals(Device.AUTO.id())) {
            return texts.get("preferences.device.auto");
        }
        return engine.devices().stream().filter(device -> device.id().equals(id)).findFirst().map(Device::name)
                .orElseGet(() -> id.toUpperCase(Locale.ROOT));
    }
}
