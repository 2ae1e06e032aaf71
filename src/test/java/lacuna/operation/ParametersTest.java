package lacuna.operation;

import java.util.List;

import org.junit.jupiter.api.Test;

import lacuna.operation.Parameter.ChoiceParameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ParametersTest {
    private static final ChoiceParameter LOOK = new ChoiceParameter("look", "x.look", List.of("soft", "sharp"), "soft");
    private final ParameterValues values = ParameterValues.defaults(List.of(Inpaint.GROW, LOOK));

    @Test
    void valuesBeginWithTheDefaultsAndKeepTheOperationsOrder() {
        assertThat(values.asMap()).containsExactly(java.util.Map.entry("grow", 4), java.util.Map.entry("look", "soft"));
        assertThat(values.with(Inpaint.GROW, 0).get(Inpaint.GROW)).isZero();
        assertThat(values.get(Inpaint.GROW)).isEqualTo(4);
    }

    @Test
    void whatPeopleTypeIsCheckedAndTheErrorNamesTheRange() throws Exception {
        assertThat(values.parse("grow", " 16 ").get(Inpaint.GROW)).isEqualTo(16);
        assertThat(values.parse("look", "sharp").get(LOOK)).isEqualTo("sharp");
        assertThatThrownBy(() -> values.parse("grow", "17")).isInstanceOf(OperationException.class)
                .hasMessage("grow cannot be \"17\": use 0..16.");
        assertThatThrownBy(() -> values.parse("grow", "much")).hasMessage("grow cannot be \"much\": use 0..16.");
        assertThatThrownBy(() -> values.parse("look", "odd")).hasMessage("look cannot be \"odd\": use soft, sharp.");
        assertThatThrownBy(() -> values.parse("size", "1"))
                .hasMessage("There is no parameter \"size\"; use one of: grow, look.");
    }

    @Test
    void everyOperationIsFoundByItsId() {
        for (Operation operation : Operations.all()) {
            assertThat(Operations.byId(operation.id())).containsSame(operation);
        }
        assertThat(Operations.byId("nothing")).isEmpty();
    }
}
