/// The engine that runs networks in this process with ONNX Runtime; the only importer of `ai.onnxruntime`.
@NullMarked
package lacuna.inference.ort;

import org.jspecify.annotations.NullMarked;
