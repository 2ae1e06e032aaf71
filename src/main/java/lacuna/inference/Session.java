package lacuna.inference;

import java.util.List;

import lacuna.job.CancelToken;

/// A loaded network. Runs may come from any thread.
public interface Session {
    /// The device that really runs it.
    Device device();

    /// A tensor of zeros that lies where this session reads it, so that a run copies nothing. The caller's to close.
    ///
    /// @param shape sizes, the outermost first, such as N, C, H, W
    /// @throws InferenceException when there is no room for it
    default Tensor tensor(long... shape) throws InferenceException {
        return Tensor.zeros(shape);
    }

    /// Runs the network once. Tensors of another origin than [#tensor(long...)] will do, at the cost of a copy.
    ///
    /// @param inputs one tensor for each input of the manifest, in its order
    /// @param outputs one tensor for each output of the manifest, in its order, with the shapes that the network gives
    ///        for these inputs; filled by the run
    /// @param cancel stops the run within milliseconds
    /// @return nanoseconds that the runtime took for the run itself, without what surrounds it
    /// @throws lacuna.job.CancelledException when `cancel` stopped it; the outputs are undefined then
    /// @throws InferenceException when the runtime fails
    long run(List<Tensor> inputs, List<Tensor> outputs, CancelToken cancel) throws InferenceException;
}
