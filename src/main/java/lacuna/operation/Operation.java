package lacuna.operation;

import java.util.List;

import lacuna.image.Dilation;
import lacuna.image.Mask;
import lacuna.model.InstalledModel;
import lacuna.model.ModelLibrary;

/// A named function from a picture (and a mask) to a picture. Knows no screen and no thread: who calls it decides.
/// A new one is its own file, its texts and a line in [Operations].
public interface Operation {
    /// The farthest that [#effectiveMask] looks, in pixels along each axis.
    int MASK_REACH = 32;

    /// Its name on the command line and in provenance.
    String id();

    /// The key of its name in the texts.
    default String labelKey() {
        return "operation." + id();
    }

    /// Where people find it.
    Group group();

    /// What can be set, in the order that people see.
    List<Parameter<?>> parameters();

    /// Whether it works on a mask.
    MaskUse maskUse();

    /// Whether it takes pixels from elsewhere in the picture, and can be told from where ([Request#source()]).
    default boolean takesFromElsewhere() {
        return false;
    }

    /// Whether a person can hint at colours ([Request#hints()]).
    default boolean takesHints() {
        return false;
    }

    /// The part of the picture that [#apply] may change for `mask`: 255 where it may, 0 elsewhere. What the canvas
    /// tints and what is saved as the mask.
    ///
    /// A pixel of it depends on the mask within [#MASK_REACH] pixels only, so that the tint can follow a brush. Unless an
    /// operation says otherwise, it is what is marked at all.
    ///
    /// @return a new mask of the same size, the caller's to close
    default Mask effectiveMask(Mask mask, ParameterValues values) {
        return Dilation.disc(mask, 0);
    }

    /// Does ahead what [#apply] needs and what needs no picture, such as loading the model, so that it can go on while
    /// files are read. May be left out, and called from any thread, beside anything.
    ///
    /// @param values that it will be done with
    /// @throws OperationException what `apply` would throw for the same reason
    default void prepare(ParameterValues values, OperationContext context) throws OperationException {}

    /// The installed models that it can be done with, the one to use unless somebody asks for another first.
    default List<InstalledModel> models(ModelLibrary library, ParameterValues values) {
        return library.forTask(id());
    }

    /// Does it. The inputs stay as they are; outside the effective mask the result equals them bit for bit.
    /// Returns within 200 ms of a cancel.
    ///
    /// @return a new picture, the caller's to close; of the same size, unless this is a [Resizing]
    /// @throws OperationException when it cannot be done as asked
    /// @throws lacuna.job.CancelledException when it was cancelled; nothing is left behind
    Result apply(Request request, OperationContext context) throws OperationException;

    /// The groups in which people find operations.
    enum Group {
        REMOVE, RESTORE, COLOUR, ENLARGE, STYLE
    }

    /// What an operation does with a mask.
    enum MaskUse {
        /** Without one there is nothing to do. */
        REQUIRED,
        /** Works on everything, or only where the mask is. */
        OPTIONAL,
        /** Pays no heed to it. */
        NONE
    }
}
