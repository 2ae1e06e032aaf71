package lacuna.job;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// Work that falls into parts which do not wait for each other, done on as many threads as there are processors.
public final class Parallel {
    private Parallel() {}

    /// Does every part once and returns when all are done. The parts are begun in order; which thread does which is left
    /// open, so a part must not depend on another.
    ///
    /// @param name of the threads
    /// @param parts number of parts; `body` gets 0, …, parts − 1
    /// @throws CancelledException when somebody asked to stop; parts that had begun have ended then
    public static void forEach(String name, int parts, IntConsumer body, CancelToken cancel) {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();
        Runnable worker = () -> {
            try {
                for (int part = next.getAndIncrement(); part < parts && failed.get() == 0; part = next
                        .getAndIncrement()) {
                    cancel.throwIfCancelled();
                    body.accept(part);
                }
            } catch (Throwable t) {
                failed.incrementAndGet();
                throw t;
            }
        };
        List<Aside<Void>> helpers = new ArrayList<>();
        int threads = Math.min(Runtime.getRuntime().availableProcessors(), parts);
        for (int i = 1; i < threads; i++) {
            helpers.add(Aside.begin(name, () -> {
                worker.run();
                return null;
            }));
        }
        RuntimeException first = null;
        try {
            worker.run();
        } catch (RuntimeException e) {
            first = e;
        } finally {
            // Nobody may still write where the caller goes on.
            helpers.forEach(Aside::settle);
        }
        for (Aside<Void> helper : helpers) {
            try {
                helper.await();
            } catch (RuntimeException e) {
                first = first == null ? e : first;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
