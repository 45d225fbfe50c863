package org.jswtpm.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.MessageDigest;

/** Who may use whom. */
@AnalyzeClasses(packages = "org.jswtpm", importOptions = DoNotIncludeTests.class)
class BoundariesTest {
    private static final String ENGINE = "org.jswtpm.engine..";
    private static final String STORE = "org.jswtpm.store..";
    private static final String OPTIONS = "org.jswtpm.options..";
    private static final String SERVER = "org.jswtpm.server..";
    private static final String TOOLS = "org.jswtpm.tools..";
    private static final String TPM2 = "org.jswtpm.engine.tpm2..";
    private static final String TPM12 = "org.jswtpm.engine.tpm12..";
    private static final String COMMANDS = "org.jswtpm.engine.(tpm2|tpm12).command..";
    private static final String DISPATCH = "org.jswtpm.engine.(tpm2|tpm12).dispatch..";
    private static final String STRUCTURES = "org.jswtpm.engine.(tpm2|tpm12).structure..";
    private static final String CRYPTO = "org.jswtpm.engine.crypto..";
    private static final String WIRE = "org.jswtpm.engine.wire..";

    @ArchTest
    static final ArchRule theEngineKnowsNobody = noClasses()
            .that()
            .resideInAPackage(ENGINE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(STORE, OPTIONS, SERVER, TOOLS)
            .because("the engine runs in any JVM; what it needs from outside becomes a method of its Host");

    @ArchTest
    static final ArchRule theStoreKnowsNobody = noClasses()
            .that()
            .resideInAPackage(STORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ENGINE, OPTIONS, SERVER, TOOLS)
            .because("the store keeps octets and does not know what is in them; the server joins it to the engine");

    @ArchTest
    static final ArchRule optionsKnowNobody = noClasses()
            .that()
            .resideInAPackage(OPTIONS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ENGINE, STORE, SERVER, TOOLS)
            .because("options are read the same way in every program; what they mean is the program's matter");

    @ArchTest
    static final ArchRule theServerDoesNotKnowTheTools = noClasses()
            .that()
            .resideInAPackage(SERVER)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(TOOLS)
            .because("the daemon starts without them, and they talk to it, or to swtpm, over its channels");

    @ArchTest
    static final ArchRule theToolsDoNotKnowTheServer = noClasses()
            .that()
            .resideInAPackage(TOOLS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SERVER)
            .because("a tool talks to any swtpm over its channels");

    @ArchTest
    static final ArchRule theServerSeesTheFaceOfTheEngine = noClasses()
            .that()
            .resideInAnyPackage(SERVER, TOOLS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TPM2, TPM12, CRYPTO, WIRE)
            .because("the server talks to a Tpm; add to the package org.jswtpm.engine what it lacks");

    @ArchTest
    static final ArchRule cryptographyHasOneDoor = noClasses()
            .that()
            .resideOutsideOfPackages(
                    CRYPTO, "org.jswtpm.store.encryption..", "org.jswtpm.tools.cert..", "org.jswtpm.tools.crypto..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bouncycastle..", "javax.crypto..")
            .orShould()
            .callMethod(MessageDigest.class, "getInstance", String.class)
            .because("algorithms are reached in the TPM's terms: add a method to org.jswtpm.engine.crypto"
                    + " (or the store's encryption package, or the tools' packages cert and crypto) and call that");

    @ArchTest
    static final ArchRule unixSocketsHaveOneDoor = noClasses()
            .that()
            .resideOutsideOfPackages("org.jswtpm.server.socket..", "org.jswtpm.distribution..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.newsclub..")
            .because("channels are Connections and Listeners of org.jswtpm.server.socket");

    @ArchTest
    static final ArchRule systemCallsHaveOneDoor = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "org.jswtpm.server.process..",
                    "org.jswtpm.tools.process..",
                    "org.jswtpm.tools.pkcs11..",
                    "org.jswtpm.distribution..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.foreign..")
            .because("Linux system calls are made in the packages called process, those of PKCS #11 modules in pkcs11,"
                    + " and nowhere else");

    @ArchTest
    static final ArchRule wireStandsAlone = classes()
            .that()
            .resideInAPackage(WIRE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(WIRE, "java..")
            .because("wire is the lowest floor: move what needs more to the package of its user");

    @ArchTest
    static final ArchRule cryptoKnowsOnlyWire = noClasses()
            .that()
            .resideInAPackage(CRYPTO)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TPM2, TPM12, "org.jswtpm.engine")
            .because("crypto takes octets, secrets and its own parameters; the caller unpacks the TPM's structures");

    @ArchTest
    static final ArchRule structuresKnowWireAndTheirAlgorithms = noClasses()
            .that()
            .resideInAPackage(STRUCTURES)
            .should()
            .dependOnClassesThat(describe(
                    "are of another room of the TPM",
                    used -> used.getPackageName().startsWith("org.jswtpm.engine.tpm")
                            && !used.getPackageName().contains(".structure")))
            .because("a structure is data; a rule that needs the state of the TPM belongs to the room of that state");

    @ArchTest
    static final ArchRule theTwoTpmsDoNotKnowEachOther = noClasses()
            .that()
            .resideInAPackage(TPM12)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(TPM2)
            .because("what both need belongs to wire, crypto or transfer");

    @ArchTest
    static final ArchRule roomsDoNotKnowCommands = noClasses()
            .that()
            .resideInAnyPackage(TPM2, TPM12)
            .and()
            .resideOutsideOfPackages(COMMANDS, DISPATCH, "org.jswtpm.engine.(tpm2|tpm12)")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(COMMANDS, DISPATCH)
            .because("commands use the rooms (nv, object, session, ...), and never the other way round");

    @ArchTest
    static final ArchRule commandsDoNotKnowTheDispatcher = noClasses()
            .that()
            .resideInAPackage(COMMANDS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(DISPATCH)
            .because("what every command needs is a column of CommandCode or a stage of the dispatcher");
}
