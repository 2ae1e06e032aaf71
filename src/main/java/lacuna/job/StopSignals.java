package lacuna.job;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/// Hears Ctrl-C and the system's request to stop before the virtual machine begins to end.
///
/// A shutdown hook is too late where native code is at work: the runtime of the models has a hook of its own, which
/// takes its environment away under a model that is being loaded. The JDK's signals (`sun.misc.Signal`, which it keeps
/// for want of another) are reached by reflection, so that a JDK without them only loses this.
public final class StopSignals {
    private static final System.Logger LOG = System.getLogger(StopSignals.class.getName());

    private final List<Runnable> restore = new ArrayList<>();

    private StopSignals() {}

    /// @param action what a signal does instead of ending the program; gets its number, on a thread of the virtual machine
    static StopSignals heardBy(IntConsumer action) {
        return heardBy(action, "INT", "TERM");
    }

    /// Lets signals do nothing from now on.
    ///
    /// @param names such as `INT`; those that the system does not have are left out
    public static void ignore(String... names) {
        heardBy(_ -> {}, names);
    }

    private static StopSignals heardBy(IntConsumer action, String... names) {
        StopSignals signals = new StopSignals();
        for (String name : names) {
            try {
                signals.hear(name, action);
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                LOG.log(System.Logger.Level.DEBUG, "signals cannot be heard", e);
            }
        }
        return signals;
    }

    // A proxy is equal to itself only.
    @SuppressWarnings("ReferenceEquality")
    private void hear(String name, IntConsumer action) throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Signal");
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        Object signal = type.getConstructor(String.class).newInstance(name);
        int number = (int) type.getMethod("getNumber").invoke(signal);
        var handle = type.getMethod("handle", type, handlerType);
        Object handler = Proxy.newProxyInstance(StopSignals.class.getClassLoader(), new Class<?>[]{handlerType},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "handle" -> {
                        action.accept(number);
                        yield null;
                    }
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> name;
                });
        Object before = handle.invoke(null, signal, handler);
        restore.add(() -> {
            try {
                handle.invoke(null, signal, before);
            } catch (ReflectiveOperationException e) {
                LOG.log(System.Logger.Level.DEBUG, "signals cannot be given back", e);
            }
        });
    }

    /// Lets signals end the program again.
    void giveBack() {
        restore.forEach(Runnable::run);
    }
}
