/// Work under way: progress, cancelling, outcomes, and the lanes it runs on. The one room that makes threads (the
/// worker process aside). Sees only the JDK.
@NullMarked
package lacuna.job;

import org.jspecify.annotations.NullMarked;
