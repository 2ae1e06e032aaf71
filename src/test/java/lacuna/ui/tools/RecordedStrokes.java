package lacuna.ui.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import lacuna.document.Marking;
import lacuna.image.BrushTip;

/// Writes down what is drawn.
final class RecordedStrokes implements StrokeTarget {
    final List<String> log = new ArrayList<>();

    @Override
    public void beginStroke(BrushTip tip, double x, double y) {
        log.add(String.format(Locale.ROOT, "%s %.1f/%.2f at %.3f,%.3f", tip.mode(), tip.diameter(), tip.hardness(), x,
                y));
    }

    @Override
    public void beginStroke(Marking marking, BrushTip tip, double x, double y) {
        log.add(marking.toString());
        beginStroke(tip, x, y);
    }

    @Override
    public void continueStroke(double x, double y) {
        log.add(String.format(Locale.ROOT, "to %.3f,%.3f", x, y));
    }

    @Override
    public void endStroke() {
        log.add("end");
    }

    @Override
    public void cancelStroke() {
        log.add("cancel");
    }
}
