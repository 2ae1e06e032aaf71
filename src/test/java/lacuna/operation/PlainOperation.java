package lacuna.operation;

import java.util.List;

import lacuna.image.Mask;

/// An operation that needs no mask and has no parameters, for tests to say what it does.
public abstract class PlainOperation implements Operation {
    private final String id;

    protected PlainOperation(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Group group() {
        return Group.RESTORE;
    }

    @Override
    public List<Parameter<?>> parameters() {
        return List.of();
    }

    @Override
    public MaskUse maskUse() {
        return MaskUse.NONE;
    }

    @Override
    public Mask effectiveMask(Mask mask, ParameterValues values) {
        return mask.snapshot();
    }
}
