package org.jswtpm.store;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.jswtpm.store", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule cryptographyHasOneRoom = noClasses()
            .that()
            .resideOutsideOfPackage("..encryption..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bouncycastle..", "javax.crypto..", "java.security..")
            .because("cryptography belongs to the encryption package: give it octets, take octets");

    @ArchTest
    static final ArchRule roomsDoNotKnowEachOther = noClasses()
            .that()
            .resideInAnyPackage("..medium..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..format..", "..encryption..")
            .because("a medium does not look into the files it holds: BlobCodec does");

    @ArchTest
    static final ArchRule formatsAreOctetsOnly = noClasses()
            .that()
            .resideInAnyPackage("..format..", "..encryption..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "..medium..")
            .because("files belong to the medium package");

    @ArchTest
    static final ArchRule startIsFast = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.stream..", "java.util.regex..", "java.lang.reflect..")
            .because("the daemon loads a state before it is ready: use plain loops");
}
