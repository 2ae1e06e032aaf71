/// Native builds of ONNX Runtime that know more devices than the one that comes with Lacuna: which there are, installing
/// them into the person's data folder, and which one serves this program.
@NullMarked
package lacuna.inference.runtime;

import org.jspecify.annotations.NullMarked;
