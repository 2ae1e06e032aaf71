package lacuna.ui.palette;

import javafx.beans.property.SimpleBooleanProperty;

import org.junit.jupiter.api.Test;

import lacuna.ui.kit.Action;
import lacuna.ui.kit.Actions;
import lacuna.ui.kit.Language;
import lacuna.ui.kit.Texts;

import static org.assertj.core.api.Assertions.assertThat;

class ActionSearchTest {
    private final Actions actions = new Actions(Texts.in(Language.CHINESE));

    ActionSearchTest() {
        for (String id : new String[]{"file.open", "file.saveAs", "mask.clear", "edit.undo"}) {
            actions.add(new Action(id, () -> {}));
        }
    }

    @Test
    void findsByTheNameInThePersonsLanguage() {
        assertThat(new ActionSearch(actions).find("蒙版")).extracting(Action::id).containsExactly("mask.clear");
    }

    @Test
    void findsByTheEnglishNameAndByOtherWordsToo() {
        assertThat(new ActionSearch(actions).find("undo")).extracting(Action::id).containsExactly("edit.undo");
        assertThat(new ActionSearch(actions).find("jpeg export")).extracting(Action::id)
                .containsExactly("file.saveAs");
    }

    @Test
    void listsWhatCannotBeDoneNowLast() {
        actions.add(new Action("file.close", () -> {}).when(new SimpleBooleanProperty(false)));
        assertThat(new ActionSearch(actions).find("")).last().extracting(Action::id).isEqualTo("file.close");
    }
}
