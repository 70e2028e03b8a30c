package io.sluice.standalone.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.sluice.reaper.ReaperPass;
import io.sluice.reaper.ReaperPassConfiguration;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

@AnalyzeClasses(packages = "io.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String GATEWAY = "io.sluice.gateway..";
  private static final String WORKER = "io.sluice.worker..";
  private static final String REAPER = "io.sluice.reaper..";
  private static final String STANDALONE = "io.sluice.standalone..";
  private static final String EMBEDDED = "io.sluice.embedded..";

  @ArchTest
  static final ArchRule theModelKnowsNoFramework =
      noClasses()
          .that()
          .resideInAnyPackage("io.sluice.model..", "io.sluice.failpoint..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.springframework..",
              "java.sql..",
              "javax.sql..",
              "tools.jackson..",
              "org.apache.kafka..",
              "software.amazon..",
              "org.redisson..");

  @ArchTest
  static final ArchRule theModelKnowsNoOtherModule =
      noClasses()
          .that()
          .resideInAnyPackage("io.sluice.model..", "io.sluice.failpoint..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.sluice..")
                  .and(not(resideInAnyPackage("io.sluice.model..", "io.sluice.failpoint.."))));

  /// Ages are judged by the database; everything else asks an injected clock.
  @ArchTest
  static final ArchRule onlyConfigurationReadsTheWallClock =
      noClasses()
          .that()
          .areNotMetaAnnotatedWith(Configuration.class)
          .and()
          .areNotAnnotatedWith(EnableAutoConfiguration.class)
          .should(callMethodWhere(readsTheWallClock()));

  @ArchTest
  static final ArchRule nothingIsInjectedIntoFields =
      noFields()
          .should()
          .beAnnotatedWith(Autowired.class)
          .orShould()
          .beAnnotatedWith(Value.class)
          .orShould()
          .beAnnotatedWith("jakarta.inject.Inject")
          .orShould()
          .beAnnotatedWith("jakarta.annotation.Resource");

  @ArchTest static final ArchRule featuresOfTheGatewayHaveNoCycles = noCycles("gateway");

  @ArchTest static final ArchRule featuresOfTheWorkerHaveNoCycles = noCycles("worker");

  @ArchTest static final ArchRule featuresOfTheReaperHaveNoCycles = noCycles("reaper");

  @ArchTest static final ArchRule featuresOfTheQueueHaveNoCycles = noCycles("queue");

  @ArchTest static final ArchRule featuresOfStorageHaveNoCycles = noCycles("storage");

  @ArchTest static final ArchRule featuresOfStandaloneHaveNoCycles = noCycles("standalone");

  @ArchTest static final ArchRule embeddedServersHaveNoCycles = noCycles("embedded");

  @ArchTest
  static final ArchRule theGatewayKnowsNoWorkerAndOfTheReaperOnlyThePass =
      noClasses()
          .that()
          .resideInAPackage(GATEWAY)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(WORKER, STANDALONE, EMBEDDED)
                  .or(resideInAPackage(REAPER).and(not(isPartOfThePass()))));

  @ArchTest
  static final ArchRule theWorkerKnowsNoOtherService =
      noClasses()
          .that()
          .resideInAPackage(WORKER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(GATEWAY, REAPER, STANDALONE, EMBEDDED);

  @ArchTest
  static final ArchRule theReaperKnowsNoOtherService =
      noClasses()
          .that()
          .resideInAPackage(REAPER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(GATEWAY, WORKER, STANDALONE, EMBEDDED);

  @ArchTest
  static final ArchRule sharedModulesKnowNoService =
      noClasses()
          .that()
          .resideOutsideOfPackages(GATEWAY, WORKER, REAPER, STANDALONE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(GATEWAY, WORKER, REAPER, STANDALONE);

  @ArchTest static final ArchRule thereIsOneWayToLog = noClasses().should(USE_JAVA_UTIL_LOGGING);

  /// The terminal of standalone, and the programs of embedded, whose standard output is their interface.
  @ArchTest
  static final ArchRule onlyTheConsolePrints =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.sluice.standalone.console..", EMBEDDED)
          .should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule everyPackageIsNullMarked =
      classes().should(PackageIsNullMarked.THE_PACKAGE_IS_NULL_MARKED);

  @ArchTest
  static final ArchRule packagesAreNamedForWhatTheyAreFor =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..",
              "..utils..",
              "..common..",
              "..impl..",
              "..dto..",
              "..service..",
              "..manager..",
              "..helper..");

  private static ArchRule noCycles(String module) {
    return slices().matching("io.sluice." + module + ".(*)..").should().beFreeOfCycles();
  }

  private static DescribedPredicate<JavaClass> isPartOfThePass() {
    return DescribedPredicate.describe(
        "part of the pass",
        type ->
            type.isEquivalentTo(ReaperPass.class)
                || type.isEquivalentTo(ReaperPass.Result.class)
                || type.isEquivalentTo(ReaperPassConfiguration.class));
  }

  private static DescribedPredicate<JavaMethodCall> readsTheWallClock() {
    Map<String, Set<String>> wallClocks =
        Map.of(
            "java.lang.System", Set.of("currentTimeMillis"),
            "java.time.Clock",
                Set.of("systemUTC", "systemDefaultZone", "system", "tickMillis", "tickSeconds"),
            "java.time.Instant", Set.of("now"),
            "java.time.LocalDateTime", Set.of("now"),
            "java.time.LocalDate", Set.of("now"),
            "java.time.OffsetDateTime", Set.of("now"),
            "java.time.ZonedDateTime", Set.of("now"));
    return DescribedPredicate.describe(
        "reads the wall clock",
        call ->
            call.getTarget().getRawParameterTypes().stream()
                    .noneMatch(parameter -> parameter.isEquivalentTo(java.time.Clock.class))
                && wallClocks
                    .getOrDefault(call.getTargetOwner().getName(), Set.of())
                    .contains(call.getTarget().getName()));
  }
}
