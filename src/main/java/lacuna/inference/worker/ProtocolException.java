package lacuna.inference.worker;

import java.io.IOException;

/// The other side says something that is not in the protocol. After that nothing that it says can be understood.
final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1;

    ProtocolException(String message) {
        super(message);
    }
}
