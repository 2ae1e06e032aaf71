package lacuna.inference.worker;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

import org.jspecify.annotations.Nullable;

/// Ends this process at once, whatever native code is doing. [Runtime#halt] runs the destructors of native libraries,
/// which wait or crash where a network still runs; `_exit` of the C library runs nothing.
final class Halt {
    private static final @Nullable MethodHandle EXIT = find();

    private Halt() {}

    private static @Nullable MethodHandle find() {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup().find("_exit")
                .map(address -> linker.downcallHandle(address, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT)))
                .orElse(null);
    }

    static void now(int code) {
        try {
            if (EXIT != null) {
                EXIT.invokeExact(code);
            }
        } catch (Throwable e) {
            System.getLogger(Halt.class.getName()).log(System.Logger.Level.DEBUG, "no _exit", e);
        }
        Runtime.getRuntime().halt(code);
    }
}
