package lacuna;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/// The laws of the house, as far as classes show them.
class ArchitectureTest {
    private static final JavaClasses LACUNA = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("lacuna");

    private static final String[] JAVA = {"java..", "javax.crypto..", "org.jspecify.annotations.."};
    private static final String[] JSON = {"tools.jackson..", "com.fasterxml.jackson.annotation.."};
    private static final String[] JAVAFX = {"javafx..", "com.sun.javafx..", "atlantafx..", "org.kordamp.ikonli..",
        "org.controlsfx..", "impl.org.controlsfx.."};

    /// What each room may see of the others, besides itself and the JDK.
    private static final Map<String, List<String>> ROOMS = rooms();

    private static Map<String, List<String>> rooms() {
        List<String> below = List.of("job", "image", "io", "model", "inference", "tiling", "classical", "operation",
                "document", "editor", "settings");
        Map<String, List<String>> rooms = new LinkedHashMap<>();
        rooms.put("job", List.of());
        rooms.put("image", List.of());
        rooms.put("io", List.of("image"));
        rooms.put("model", List.of("job"));
        rooms.put("inference", List.of("model", "job"));
        rooms.put("tiling", List.of("image"));
        rooms.put("classical", List.of("image", "job"));
        rooms.put("operation", List.of("image", "tiling", "model", "inference", "classical", "job"));
        rooms.put("evaluate", List.of("image", "io", "tiling", "model", "inference", "classical", "operation", "job"));
        rooms.put("document", List.of("image", "io", "job"));
        rooms.put("editor", List.of("document", "operation", "inference", "model", "io", "image", "job", "settings"));
        rooms.put("settings", List.of());
        rooms.put("cli", Stream.concat(below.stream(), Stream.of("evaluate")).toList());
        rooms.put("ui", below);
        return rooms;
    }

    @TestFactory
    List<DynamicTest> everyRoomSeesOnlyWhatTheTableSays() {
        List<DynamicTest> tests = new ArrayList<>();
        ROOMS.forEach((room, seen) -> tests.add(DynamicTest.dynamicTest(room, () -> {
            List<String> forbidden = new ArrayList<>();
            for (String other : ROOMS.keySet()) {
                if (!other.equals(room) && !seen.contains(other)) {
                    forbidden.add("lacuna." + other + "..");
                }
            }
            noClasses().that()
                    .resideInAPackage("lacuna." + room + "..")
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage(forbidden.toArray(String[]::new)).or(resideInAPackage("lacuna")))
                    .allowEmptyShould(true)
                    .check(LACUNA);
        })));
        return tests;
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("lacuna.(**)").should().beFreeOfCycles().check(LACUNA);
    }

    @Test
    void whatHoldsPixelsAndJobsNeedsNothingButTheJdk() {
        classes().that()
                .resideInAnyPackage("lacuna.job", "lacuna.image", "lacuna.tiling")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(JAVA).or(resideInAPackage("lacuna.."))
                        .or(resideInAPackage("com.sun.management")))
                .check(LACUNA);
    }

    @Test
    void onlyTheWindowSeesJavaFx() {
        noClasses().that(not(resideInAPackage("lacuna.ui..")).and(not(resideInAPackage("lacuna"))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(JAVAFX)
                .check(LACUNA);
    }

    @Test
    void whereTheProgramStartsNoJavaFxIsSeen() {
        // Commands must start without it: loading Main must not load the window's toolkit.
        noClasses().that()
                .haveFullyQualifiedName("lacuna.Main")
                .or()
                .haveFullyQualifiedName("lacuna.Display")
                .or()
                .haveFullyQualifiedName("lacuna.Logging")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(JAVAFX)
                .check(LACUNA);
    }

    @Test
    void onlyOneRoomKnowsOnnxRuntime() {
        noClasses().that()
                .resideOutsideOfPackage("lacuna.inference.ort..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.onnxruntime..")
                .check(LACUNA);
    }

    @Test
    void untrustedPicturesNeverMeetOpenCv() {
        noClasses().that()
                .resideOutsideOfPackages("lacuna.classical..", "lacuna.io.webp..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..")
                .check(LACUNA);
        // Even there nothing is decoded.
        noClasses().should()
                .callMethodWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates
                        .target(com.tngtech.archunit.core.domain.properties.HasName.Predicates
                                .nameMatching("imread.*|imdecode.*")))
                .check(LACUNA);
    }

    @Test
    void onlyIoReadsAndWritesPictures() {
        // Public sets are no person's pictures, and have formats (BMP) that the program does not open.
        noClasses().that()
                .resideOutsideOfPackages("lacuna.io..", "lacuna.evaluate..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.imageio..", "java.awt..", "com.twelvemonkeys..", "com.drew..")
                .check(LACUNA);
    }

    @Test
    void jsonStaysWhereFilesAreDescribed() {
        noClasses().that()
                .resideOutsideOfPackages("lacuna.model..", "lacuna.settings..", "lacuna.document..", "lacuna.editor..",
                        "lacuna.cli..", "lacuna.inference.devices..", "lacuna.inference.runtime..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(JSON)
                .check(LACUNA);
    }

    @Test
    void archivesAreOpenedInOnePlace() {
        noClasses().that()
                .resideOutsideOfPackage("lacuna.inference.runtime..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.commons..")
                .check(LACUNA);
    }

    @Test
    void runLaterStaysInOnePlace() {
        noClasses().that()
                .resideOutsideOfPackage("lacuna.ui.fx..")
                .should()
                .callMethod("javafx.application.Platform", "runLater", Runnable.class.getName())
                .check(LACUNA);
    }

    @Test
    void threadsAreMadeInOnePlace() {
        noClasses().that()
                .resideOutsideOfPackages("lacuna.job..", "lacuna.inference.worker..")
                .should()
                .callConstructorWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates
                        .target(com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With
                                .owner(com.tngtech.archunit.core.domain.JavaClass.Predicates
                                        .assignableTo(Thread.class)
                                        .or(com.tngtech.archunit.core.domain.JavaClass.Predicates
                                                .assignableTo(ExecutorService.class))
                                        .or(com.tngtech.archunit.core.domain.JavaClass.Predicates
                                                .assignableTo(java.util.Timer.class)))))
                .check(LACUNA);
        noClasses().that()
                .resideOutsideOfPackages("lacuna.job..", "lacuna.inference.worker..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Executors.class, ExecutorService.class, ForkJoinPool.class, ThreadFactory.class)
                .orShould()
                .callMethod(Thread.class, "ofPlatform")
                .orShould()
                .callMethod(Thread.class, "ofVirtual")
                .orShould()
                .callMethod(Thread.class, "startVirtualThread", Runnable.class)
                .check(LACUNA);
    }

    @Test
    void onlyTheCommandLineSpeaksToTheTerminal() {
        noClasses().that()
                .resideOutsideOfPackage("lacuna.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(LACUNA);
        noClasses().that()
                .resideOutsideOfPackage("lacuna.cli..")
                .should()
                .callMethod(Throwable.class, "printStackTrace")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace", PrintStream.class)
                .check(LACUNA);
    }

    @Test
    void everyPackageSaysWhatMayBeNull() {
        classes().that()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith("org.jspecify.annotations.NullMarked")
                .check(LACUNA);
    }
}
