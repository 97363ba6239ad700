package io.annals.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.NullMarked;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.RestController;

/** The walls of the house, each with its reason. */
@AnalyzeClasses(packages = "io.annals", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule events_are_plain =
      classes()
          .that()
          .resideInAPackage("io.annals.events..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.annals.events..",
              "java..",
              "org.jspecify..",
              "com.fasterxml.jackson.annotation..",
              "tools.jackson..")
          .because("events outlive every framework we may write them with");

  @ArchTest
  static final ArchRule commands_do_not_know_queries =
      noClasses()
          .that()
          .resideInAPackage("io.annals.command..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.annals.query..", "io.annals.app..")
          .because("a decision never reads a view");

  @ArchTest
  static final ArchRule queries_do_not_know_commands =
      noClasses()
          .that()
          .resideInAPackage("io.annals.query..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.annals.command..", "io.annals.app..")
          .because("a view is a fold of events, whoever decided them");

  @ArchTest
  static final ArchRule the_web_stays_at_the_edge =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.annals.app",
              "io.annals.app.http..",
              "io.annals.app.openapi..",
              "io.annals.app.stream..",
              "io.annals.app.wiring..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework.web..", "jakarta.servlet..")
          .because("only routes and sockets speak HTTP");

  @ArchTest
  static final ArchRule sql_has_a_home =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.annals.query..",
              "io.annals.command.log..",
              "io.annals.events.sql..",
              "io.annals.app.wiring..",
              "io.annals.app.database..")
          .should()
          .dependOnClassesThat(
              new DescribedPredicate<>("do JDBC") {
                @Override
                public boolean test(JavaClass type) {
                  return (type.getPackageName().equals("java.sql")
                          && !type.getSimpleName().equals("SQLException"))
                      || type.getPackageName().startsWith("org.springframework.jdbc");
                }
              })
          .because("who reads a query wants to find it in the query side");

  @ArchTest
  static final ArchRule command_rooms_form_no_cycle =
      slices().matching("io.annals.command.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule query_rooms_form_no_cycle =
      slices().matching("io.annals.query.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule deciders_are_pure =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Decider")
          .or()
          .resideInAPackage("..rule..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(UUID.class, "randomUUID")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("org.axonframework..", "org.springframework..", "java.sql..")
          .because("the same log must always be decided the same way");

  @ArchTest
  static final ArchRule axon_stays_behind_handlers =
      noClasses()
          .that()
          .resideInAPackage("io.annals.command..")
          .and()
          .resideOutsideOfPackages("io.annals.command.log..", "io.annals.command.entity..")
          .and()
          .haveSimpleNameNotEndingWith("Handler")
          .and()
          .haveSimpleNameNotEndingWith("Aggregate")
          .and()
          .haveSimpleNameNotEndingWith("KeyedLocks")
          .and()
          .haveSimpleNameNotEndingWith("Aftermath")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.axonframework..")
          .because("moving to the next Axon must stay mechanical");

  @ArchTest static final ArchRule no_field_injection = NO_CLASSES_SHOULD_USE_FIELD_INJECTION;

  @ArchTest static final ArchRule no_java_util_logging = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

  @ArchTest
  static final ArchRule names_say_something =
      noClasses()
          .should()
          .haveNameMatching(".*(Impl|Utils?|Helper|Manager|Dto|DTO|Mapper)$")
          .because("such a name says nothing about what the class is for");

  @ArchTest
  static final ArchRule routes_are_found_by_their_names =
      classes()
          .that()
          .areAnnotatedWith(RestController.class)
          .should()
          .haveSimpleNameEndingWith("Routes")
          .because("the server looks for its routes by that name");

  @ArchTest
  static final ArchRule wirings_are_found_by_their_names =
      classes()
          .that()
          .areAnnotatedWith(Configuration.class)
          .should()
          .haveSimpleNameEndingWith("Wiring")
          .because("the server looks for its parts by that name");

  @ArchTest
  static final ArchRule events_and_views_do_not_change =
      fields()
          .that()
          .areDeclaredInClassesThat()
          .areRecords()
          .should()
          .beFinal()
          .because("what was said stays said");

  @ArchTest
  static final ArchRule no_public_fields =
      noFields()
          .that()
          .areNotStatic()
          .and()
          .areDeclaredInClassesThat()
          .arePublic()
          .should()
          .bePublic()
          .because("a public type keeps its insides to itself");

  @ArchTest
  static final ArchRule packages_are_null_marked =
      classes()
          .should(
              new ArchCondition<>("live in a package marked @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                  events.add(
                      new SimpleConditionEvent(
                          type, marked, type.getName() + " is not @NullMarked"));
                }
              });
}
