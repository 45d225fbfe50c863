package org.jswtpm.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** The engine takes octets and gives octets, and the world outside only through its Host. */
@AnalyzeClasses(packages = "org.jswtpm.engine", importOptions = DoNotIncludeTests.class)
class EngineTest {
    @ArchTest
    static final ArchRule hasNoFilesAndNoSockets = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels..")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.(File|RandomAccess|Print).*")
            .because("what is kept or sent goes through Host");

    @ArchTest
    static final ArchRule hasNoThreads = noClasses()
            .should()
            .callConstructorWhere(target(owner(assignableTo(Thread.class))))
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.concurrent\\.(Executor|ForkJoin|CompletableFuture|Scheduled|ThreadPool).*")
            .because("one lock guards one TPM, and the host decides on which thread it runs");

    @ArchTest
    static final ArchRule hasNoClock = noClasses()
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class, Instant.class)
            .because("time comes from Host, so that tests can move it");

    @ArchTest
    static final ArchRule hasNoRandomSource = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(SecureRandom.class, Random.class, ThreadLocalRandom.class)
            .orShould()
            .callMethod(Math.class, "random")
            .because("entropy comes from Host.fillEntropy and random octets from the TPM's generator");

    @ArchTest
    static final ArchRule writesToNoConsole = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .because("what the engine has to say is a response code or a StateException");
}
