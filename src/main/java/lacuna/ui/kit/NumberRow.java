package lacuna.ui.kit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;

import atlantafx.base.controls.ProgressSliderSkin;

/// A number as a slider and as a field beside it, for a row or a form to lay out. Both show and set [#value()], which
/// stays within its range and on its steps. In the field, the up and down keys go by one step, with Shift by ten.
public final class NumberRow {
    private final DoubleProperty value = new SimpleDoubleProperty(this, "value");
    private final Scale scale;
    private final double step;
    private final Label label = new Label();
    private final Slider slider = new Slider();
    private final TextField field = new TextField();
    private final Label unit = new Label();
    /// Whether the controls follow the value now, and not the value them.
    private boolean showing;

    /// How far along the slider, 0..1, a value stands.
    ///
    /// @param least smallest value
    /// @param most largest value
    public record Scale(double least, double most, Spread spread) {
        /// How values lie along the slider.
        public enum Spread {
            LINEAR,
            /** Equal steps multiply by equal factors. */
            LOGARITHMIC
        }

        public static Scale linear(double least, double most) {
            return new Scale(least, most, Spread.LINEAR);
        }

        /// @param least above 0
        public static Scale logarithmic(double least, double most) {
            return new Scale(least, most, Spread.LOGARITHMIC);
        }

        double place(double value) {
            return switch (spread) {
                case LINEAR -> (value - least) / (most - least);
                case LOGARITHMIC -> Math.log(value / least) / Math.log(most / least);
            };
        }

        double value(double place) {
            return switch (spread) {
                case LINEAR -> least + place * (most - least);
                case LOGARITHMIC -> least * Math.pow(most / least, place);
            };
        }
    }

    /// @param id of the slider; the field's has `-field` after it
    /// @param name what the number is, in the person's language
    /// @param unitName what it is counted in, may be empty
    /// @param step between neighbouring values
    public NumberRow(String id, String name, String unitName, Scale scale, double step) {
        this.scale = scale;
        this.step = step;
        label.setText(name);
        label.setLabelFor(slider);
        unit.setText(unitName);
        unit.getStyleClass().add("unit");
        unit.setMinWidth(Region.USE_PREF_SIZE);
        slider.setId(id);
        slider.setMin(0);
        slider.setMax(1);
        slider.setAccessibleText(name);
        slider.setBlockIncrement(0);
        slider.setSkin(new ProgressSliderSkin(slider));
        field.setId(id + "-field");
        field.setAccessibleText(name);
        field.getStyleClass().add("number-field");
        field.setAlignment(Pos.CENTER_RIGHT);
        value.set(scale.least());
        connect();
    }

    public DoubleProperty value() {
        return value;
    }

    public Label label() {
        return label;
    }

    public Slider slider() {
        return slider;
    }

    public TextField field() {
        return field;
    }

    public Label unit() {
        return unit;
    }

    private void connect() {
        value.subscribe(number -> show(number.doubleValue()));
        slider.valueProperty().subscribe(place -> {
            if (!showing) {
                value.set(onStep(scale.value(place.doubleValue())));
                show(value.get());
            }
        });
        slider.addEventFilter(KeyEvent.KEY_PRESSED, this::stepByKey);
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::typed);
        field.focusedProperty().subscribe(focused -> {
            if (!focused) {
                take();
            }
        });
    }

    private void typed(KeyEvent event) {
        switch (event.getCode()) {
            // With any other key held, too: what is begun by it goes by what was typed.
            case KeyCode.ENTER -> take();
            case KeyCode.ESCAPE -> {
                if (!field.getText().equals(text(value.get()))) {
                    show(value.get());
                    event.consume();
                }
            }
            default -> stepByKey(event);
        }
    }

    private void stepByKey(KeyEvent event) {
        boolean onSlider = slider.equals(event.getSource());
        int direction = switch (event.getCode()) {
            case KeyCode.UP -> 1;
            case KeyCode.DOWN -> -1;
            case KeyCode.RIGHT -> onSlider ? 1 : 0;
            case KeyCode.LEFT -> onSlider ? -1 : 0;
            default -> 0;
        };
        if (direction != 0) {
            value.set(onStep(value.get() + direction * step * (event.isShiftDown() ? 10 : 1)));
            event.consume();
        }
    }

    private void take() {
        try {
            value.set(onStep(Double.parseDouble(field.getText().strip().replace(',', '.'))));
        } catch (NumberFormatException e) {
            // What is not a number changes nothing; the field shows again what holds.
        }
        show(value.get());
    }

    private void show(double number) {
        showing = true;
        slider.setValue(scale.place(number));
        field.setText(text(number));
        showing = false;
    }

    private double onStep(double number) {
        double stepped = scale.least() + Math.round((number - scale.least()) / step) * step;
        return Math.clamp(stepped, scale.least(), scale.most());
    }

    private String text(double number) {
        int digits = Math.max(0, BigDecimal.valueOf(step).stripTrailingZeros().scale());
        return BigDecimal.valueOf(number).setScale(digits, RoundingMode.HALF_UP).toPlainString();
    }
}
