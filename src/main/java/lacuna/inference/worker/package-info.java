/// The process that hosts the native runtime, and the engine in the editor's process that speaks to it. A crash or a
/// hang in native code ends that process and never the editor. Makes its own threads, as [lacuna.job] does.
@NullMarked
package lacuna.inference.worker;

import org.jspecify.annotations.NullMarked;
