package org.jswtpm.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ServiceLoader;

/** What nobody does. */
@AnalyzeClasses(packages = "org.jswtpm", importOptions = DoNotIncludeTests.class)
class HouseRulesTest {
    @ArchTest
    static final ArchRule noReflection = noClasses()
            .that()
            .resideOutsideOfPackage("org.jswtpm.distribution..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.reflect..")
            .orShould()
            .callMethod(Class.class, "forName", String.class)
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(ServiceLoader.class)
            .because(
                    "it costs start-up time and hides errors until run time: name the class, in a switch over an enum");

    @ArchTest
    static final ArchRule noSlowText = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.jswtpm.engine..",
                    "org.jswtpm.store..",
                    "org.jswtpm.server..",
                    "org.jswtpm.options..",
                    "org.jswtpm.tools.channel..",
                    "org.jswtpm.tools.ioctl..",
                    "org.jswtpm.tools.bios..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.util.regex..")
            .orShould()
            .callMethodWhere(target(nameMatching("format|formatted|split|replaceAll|replaceFirst|matches"))
                    .and(target(owner(type(String.class)))))
            .because("formatters and regular expressions are slow to start: use a StringBuilder and indexOf");

    @ArchTest
    static final ArchRule noMutableStatics = fields().that()
            .areStatic()
            .should()
            .beFinal()
            .because("one JVM holds many TPMs: give the state to the object that owns it");

    @ArchTest
    static final ArchRule noVagueNames = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .because("a class is called after the specification's word for what it is");

    @ArchTest
    static final ArchRule octetsInStructuresAreImmutable = classes()
            .that()
            .resideInAPackage("org.jswtpm.engine.(tpm2|tpm12).structure..")
            .and()
            .areRecords()
            .should(haveNoArrays())
            .because("octets of a structure are Bytes, or a Secret if nobody may see them");

    private static ArchCondition<JavaClass> haveNoArrays() {
        return new ArchCondition<>("have no component that is an array") {
            @Override
            public void check(JavaClass record, ConditionEvents events) {
                for (JavaField field : record.getFields()) {
                    boolean array = field.getRawType().isArray()
                            && !field.getModifiers().contains(JavaModifier.STATIC);
                    if (array) {
                        events.add(SimpleConditionEvent.violated(field, field.getFullName() + " is an array"));
                    }
                }
            }
        };
    }
}
