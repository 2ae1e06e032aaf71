package lacuna.operation;

/// An operation that gives the whole document another size: what it does to the picture is done to every layer.
///
/// Its mask is not what may change but what is needed: where there is one, [Operation#apply] may leave out the rest, as
/// for a layer of which a part shows; [Result#changed()] is that mask in the new size.
public interface Resizing extends Operation {
    /// Width and height in pixels.
    record Size(int width, int height) {
        /// Pixels in all.
        public long area() {
            return (long) width * height;
        }
    }

    @Override
    default MaskUse maskUse() {
        return MaskUse.NONE;
    }

    /// The size that a picture gets.
    ///
    /// @throws OperationException when a picture of this size cannot be given what `values` ask for
    Size size(int width, int height, ParameterValues values) throws OperationException;

    /// The values that make of a part of a picture what `values` make of the whole, as nearly as whole pixels allow.
    ///
    /// @param whole size of the picture
    /// @param part size of the part
    /// @throws OperationException as [#size]
    ParameterValues ofPart(Size whole, Size part, ParameterValues values) throws OperationException;
}
