package lacuna.inference.worker;

import java.util.List;

import lacuna.inference.Device;
import lacuna.inference.InferenceException;
import lacuna.model.InstalledModel;

/// What editor and worker say to each other. A new message is a record here and a line each way in [MessageCodec], and a
/// new [#VERSION].
///
/// The worker begins with [Hello], is answered with [Welcome] and says [Ready]; then requests, which have numbers, get
/// one answer each with the same number, in any order.
sealed interface Message {
    /// Of the protocol; both sides must speak the same. `MessageVersionTest` fails when it ought to be raised.
    int VERSION = 6;

    /// Something that gets an answer.
    sealed interface Request extends Message {
        /// Its number, given by who asks, unique while the connection lasts.
        long id();
    }

    /// The answer to the request with the same number.
    sealed interface Answer extends Message {
        long id();
    }

    /// From the worker: the first message.
    ///
    /// @param version [#VERSION]
    /// @param build of the program, see [Build]
    /// @param secret what the worker was given on its standard input, so that nobody else is taken for it
    record Hello(int version, String build, String secret) implements Message {}

    /// To the worker: what it works with.
    ///
    /// @param memory the file of the tensors
    /// @param bytes its size
    /// @param cache folder for the runtime's native libraries
    /// @param threads for a run
    record Welcome(String memory, long bytes, String cache, int threads) implements Message {}

    /// From the worker: it has mapped the tensors' file, whose name is not needed any more.
    ///
    /// @param devices what can run models there
    /// @param trouble why the runtime does not start there; empty where it does
    record Ready(List<Device> devices, String trouble) implements Message {
        public Ready {
            devices = List.copyOf(devices);
        }
    }

    /// Loads a model; answered by [Loaded] or [Failed].
    ///
    /// @param model by its path; its digest was checked by who asks
    /// @param device id
    record Load(long id, InstalledModel model, String device) implements Request {}

    /// Where a tensor lies.
    ///
    /// @param offset in the tensors' file, in bytes
    @SuppressWarnings("ArrayRecordComponent")
    record Slot(long offset, long[] shape) {}

    /// Runs a model; answered by [Ran], [Stopped] or [Failed].
    ///
    /// @param session number from [Loaded]
    record Run(long id, long session, List<Slot> inputs, List<Slot> outputs) implements Request {
        public Run {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
        }
    }

    /// Asks a run to stop. No answer of its own: the run's tells.
    ///
    /// @param id of the run
    record Cancel(long id) implements Message {}

    /// Gives a model's memory back once its runs are over; answered by [Done].
    record Unload(long id, long session) implements Request {}

    /// Asks what can run models; answered by [Devices].
    record ListDevices(long id) implements Request {}

    /// Asks for a sign of life; answered by [Pong] at once, whatever runs.
    record Ping(long id) implements Message {}

    /// The answer to [Ping].
    ///
    /// @param residentBytes memory that the worker holds, -1 where the system does not say
    record Pong(long id, long residentBytes) implements Message {}

    /// To the worker: end now.
    record Bye() implements Message {}

    /// @param session number of the loaded model
    /// @param device that really runs it
    record Loaded(long id, long session, Device device) implements Answer {}

    /// @param nanos that the runtime took
    record Ran(long id, long nanos) implements Answer {}

    /// A run was cancelled.
    record Stopped(long id) implements Answer {}

    /// A request without a result was done.
    record Done(long id) implements Answer {}

    record Devices(long id, List<Device> devices) implements Answer {
        public Devices {
            devices = List.copyOf(devices);
        }
    }

    /// A request could not be done; see [InferenceException].
    record Failed(long id, InferenceException.Problem problem, List<String> arguments) implements Answer {
        public Failed {
            arguments = List.copyOf(arguments);
        }
    }
}
