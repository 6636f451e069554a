package dev.slipway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The arrows of the house: `Slipway → console → client → api ← backend`, and `sandbox → shop`.
@AnalyzeClasses(packages = "dev.slipway", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule apiIsPlainJdk =
            classes()
                    .that()
                    .resideInAPackage("dev.slipway.api..")
                    .should()
                    .onlyDependOnClassesThat(
                            resideInAnyPackage("dev.slipway.api..", "java..", "org.jspecify.."))
                    .because("another team could implement the contract in another language");

    @ArchTest static final ArchRule configImportsNothingOfOurs = onlyOurs("config", "config");

    @ArchTest
    static final ArchRule clientKnowsTheContractAlone =
            onlyOurs("client", "client", "api", "config");

    @ArchTest
    static final ArchRule noPackageNeedsItself =
            slices().matching("dev.slipway.(**)")
                    .should()
                    .beFreeOfCycles()
                    .because("of two rooms that need each other neither can be read alone");

    @ArchTest
    static final ArchRule theClientsRoomsHaveOneOrder =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("live")
                    .definedBy("dev.slipway.client.live..")
                    .layer("door")
                    .definedBy("dev.slipway.client")
                    .layer("kept")
                    .definedBy("dev.slipway.client.kept..")
                    .layer("offline")
                    .definedBy("dev.slipway.client.offline..")
                    .layer("calls")
                    .definedBy("dev.slipway.client.calls..")
                    .layer("http")
                    .definedBy("dev.slipway.client.http..")
                    .whereLayer("live")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("door")
                    .mayOnlyBeAccessedByLayers("live")
                    .whereLayer("kept")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("offline")
                    .mayOnlyBeAccessedByLayers("live", "kept")
                    .whereLayer("calls")
                    .mayOnlyBeAccessedByLayers("live", "door", "kept")
                    .because("what is kept offline must be readable without a backend");

    @ArchTest
    static final ArchRule onlyTheClientSpeaksHttpToABackend =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.slipway.client..")
                    .should()
                    .dependOnClassesThat()
                    .haveFullyQualifiedName("dev.slipway.client.http.Calls")
                    .because("a feature's calls are its one way to the backend");

    @ArchTest
    static final ArchRule consoleReachesTheBackendThroughTheClient =
            onlyOurs("console", "console", "client", "api", "config");

    @ArchTest
    static final ArchRule backendKnowsNoConsoleAndNoShop =
            onlyOurs("backend", "backend", "api", "config");

    @ArchTest static final ArchRule shopKnowsNoOne = onlyOurs("shop", "shop", "config");

    @ArchTest
    static final ArchRule sandboxKnowsTheShopAlone =
            onlyOurs("sandbox", "sandbox", "shop", "config");

    @ArchTest
    static final ArchRule oneDoorToTheUiThread =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.slipway.console.fx..")
                    .should()
                    .callMethod("javafx.application.Platform", "runLater", "java.lang.Runnable")
                    .because(
                            "a screen that hops threads by itself can't be tested without a toolkit");

    @ArchTest
    static final ArchRule viewModelsNeedNoToolkit =
            noClasses()
                    .that()
                    .haveSimpleNameEndingWith("ViewModel")
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("javafx..")
                                    .and(
                                            com.tngtech.archunit.base.DescribedPredicate.not(
                                                    resideInAnyPackage(
                                                            "javafx.beans..",
                                                            "javafx.collections.."))))
                    .because("view models are tested without a toolkit")
                    .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nobodySleeps =
            noClasses()
                    .should()
                    .callMethod("java.lang.Thread", "sleep", "long")
                    .orShould()
                    .callMethod("java.lang.Thread", "sleep", "java.time.Duration")
                    .because(
                            "time comes from a clock or a scheduler, and a test can't wait for a sleep");

    private static ArchRule onlyOurs(String owner, String... allowed) {
        String[] ours =
                java.util.Arrays.stream(allowed)
                        .map(name -> "dev.slipway." + name + "..")
                        .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage("dev.slipway." + owner + "..")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(ours)
                                .or(
                                        com.tngtech.archunit.base.DescribedPredicate.not(
                                                resideInAPackage("dev.slipway.."))))
                .because("the arrows of the house run one way")
                .allowEmptyShould(true);
    }
}
