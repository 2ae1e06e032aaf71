package lacuna.inference.ort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import lacuna.inference.Device;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtEpDevice;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import ai.onnxruntime.providers.OrtTensorRTProviderOptions;

/// The runtime's execution providers that Lacuna knows how to ask for, in the order in which people see them.
/// The sources are the provider pages of ONNX Runtime's documentation.
enum Provider {
    WEBGPU("webgpu", "WebGPU (" + graphics() + ")", OrtProvider.WEBGPU) {
        @Override
        void addTo(SessionOptions options, OrtEnvironment environment) throws OrtException {
            options.addWebGPU(Map.of());
        }
    },
    COREML("coreml", "CoreML", OrtProvider.CORE_ML) {
        @Override
        void addTo(SessionOptions options, OrtEnvironment environment) throws OrtException {
            options.addCoreML(Map.of("ModelFormat", "MLProgram"));
        }
    },
    DIRECTML("directml", "DirectML", OrtProvider.DIRECT_ML) {
        @Override
        void addTo(SessionOptions options, OrtEnvironment environment) throws OrtException {
            // The Java binding is not compiled with the older call on most platforms; the devices can be asked for.
            List<OrtEpDevice> cards = new ArrayList<>();
            for (OrtEpDevice device : environment.getEpDevices()) {
                if (device.getEpName().equals(OrtProvider.DIRECT_ML.getName())) {
                    cards.add(device);
                }
            }
            if (cards.isEmpty()) {
                options.addDirectML(0);
            } else {
                options.addExecutionProvider(cards.subList(0, 1), Map.of());
            }
        }
    },
    CUDA("cuda", "CUDA", OrtProvider.CUDA) {
        @Override
        void addTo(SessionOptions options, OrtEnvironment environment) throws OrtException {
            try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(0)) {
                // Trying every algorithm takes minutes where tiles come in many sizes, and doubling the arena at each
                // step fills cards that others use too.
                cuda.add("cudnn_conv_algo_search", "HEURISTIC");
                cuda.add("arena_extend_strategy", "kSameAsRequested");
                options.addCUDA(cuda);
            }
        }
    },
    TENSORRT("tensorrt", "TensorRT", OrtProvider.TENSOR_RT) {
        @Override
        void addTo(SessionOptions options, OrtEnvironment environment) throws OrtException {
            try (OrtTensorRTProviderOptions rt = new OrtTensorRTProviderOptions(0)) {
                options.addTensorrt(rt);
            }
            CUDA.addTo(options, environment);
        }
    };

    private final String id;
    private final String label;
    private final OrtProvider provider;

    Provider(String id, String label, OrtProvider provider) {
        this.id = id;
        this.label = label;
        this.provider = provider;
    }

    abstract void addTo(SessionOptions options, OrtEnvironment environment) throws OrtException;

    Device device() {
        return new Device(id, label);
    }

    /// What the runtime that is loaded was built with; for what comes as a library of its own, only where that is
    /// there. Touches no driver.
    ///
    /// @param natives folder of the runtime's library
    static List<Provider> present(Path natives) {
        Set<OrtProvider> built = OrtEnvironment.getAvailableProviders();
        List<Provider> present = new ArrayList<>();
        for (Provider provider : values()) {
            if (built.contains(provider.provider) && provider.hasLibrary(natives)) {
                present.add(provider);
            }
        }
        return present;
    }

    private boolean hasLibrary(Path natives) {
        return switch (this) {
            case CUDA, TENSORRT -> Files.isRegularFile(
                    natives.resolve(System.mapLibraryName("onnxruntime_providers_" + id)));
            case WEBGPU, COREML, DIRECTML -> true;
        };
    }

    private static String graphics() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return os.contains("win") ? "Direct3D 12" : os.contains("mac") ? "Metal" : "Vulkan";
    }
}
