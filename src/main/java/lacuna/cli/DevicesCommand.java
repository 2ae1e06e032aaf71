package lacuna.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import lacuna.inference.Device;
import lacuna.inference.DeviceReport;
import lacuna.inference.InferenceException;
import lacuna.inference.devices.DeviceEngine;
import lacuna.inference.devices.HalfReport;
import lacuna.inference.devices.SpeedReport;
import lacuna.job.CancelToken;
import lacuna.model.Arithmetic;
import lacuna.model.InstalledModel;
import lacuna.model.ModelException;
import lacuna.model.ModelLibrary;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `lacuna devices`: what can run models on this machine.
@Command(name = "devices", description = "Says what can run models on this machine, and whether it gives right numbers.", synopsisHeading = "Usage: ", optionListHeading = "%nOptions:%n")
final class DevicesCommand implements Callable<Integer> {
    private final CliServices services;

    @Mixin
    HelpOption help = new HelpOption();

    @Option(names = "--again", description = "Try the devices anew, also where the result is known.")
    private boolean again;

    @Option(names = "--speed", description = "Measure each installed model on each device: megapixels a second.")
    private boolean speed;

    DevicesCommand(CliServices services) {
        this.services = services;
    }

    @Override
    public Integer call() throws InferenceException, ModelException {
        CancelToken cancel = new CancelToken();
        try (DeviceEngine engine = services.devices().get()) {
            List<DeviceReport> reports = again ? engine.survey(cancel) : engine.reports(cancel);
            Table.print(services.terminal().out(), List.of("ID", "NAME", "STATE"),
                    reports.stream().map(r -> List.of(r.device().id(), r.device().name(), state(r))).toList());
            if (speed) {
                services.terminal().out().println();
                measure(engine, cancel);
            }
        }
        return Cli.DONE;
    }

    private static String state(DeviceReport report) {
        return switch (report.finding()) {
            case SOUND -> "ready";
            case WRONG_NUMBERS -> "not used: its numbers are off by %s from the CPU's".formatted(report.detail());
            case FAILED -> "not used: " + report.detail();
            case CRASHED -> "not used: it took the process down that tried it (%s)".formatted(report.detail());
            case RUNTIME_UNFIT ->
                "not used: the runtime pack that brings it does not load (%s)".formatted(report.detail());
        };
    }

    private void measure(DeviceEngine engine, CancelToken cancel) throws InferenceException, ModelException {
        ModelLibrary library = ModelLibrary.of(services.paths().modelFolders());
        List<List<String>> rows = new ArrayList<>();
        for (InstalledModel model : library.all()) {
            library.verify(model);
            for (Device device : engine.devices()) {
                rows.add(List.of(model.id(), device.id(), Arithmetic.FLOAT32.id(),
                        state(engine.speed(model, device, cancel))));
                if (!device.id().equals(Device.CPU.id())) {
                    engine.half(model, device, cancel).ifPresent(half -> rows
                            .add(List.of(model.id(), device.id(), Arithmetic.FLOAT16.id(), state(half))));
                }
            }
        }
        Table.print(services.terminal().out(), List.of("MODEL", "DEVICE", "PRECISION", "MEGAPIXELS A SECOND"), rows);
    }

    private static String megapixels(double nanosAPixel) {
        return String.format(Locale.ROOT, "%.3f", 1000 / nanosAPixel);
    }

    private static String state(SpeedReport full) {
        return switch (full.finding()) {
            case RUNS -> megapixels(full.nanosAPixel());
            case TOO_SLOW -> "far slower than the CPU";
            case WRONG_NUMBERS -> "not used: its numbers are off by %s from the CPU's".formatted(full.detail());
            case FAILED -> "not used: " + full.detail();
        };
    }

    private static String state(HalfReport half) {
        return switch (half.finding()) {
            case GAINS -> megapixels(half.nanosAPixel()) + ", used for pictures of 8 bits";
            case GAINS_NOTHING -> Double.isInfinite(half.nanosAPixel())
                    ? "not used: far slower"
                    : megapixels(half.nanosAPixel()) + ", not used: hardly faster";
            case WRONG_NUMBERS -> "not used: its numbers are off by %s from the CPU's".formatted(half.detail());
            case FAILED -> "not used: " + half.detail();
        };
    }
}
