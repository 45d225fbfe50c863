package org.jswtpm.engine.tpm2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jswtpm.engine.crypto.Digest;
import org.jswtpm.engine.tpm2.command.object.ObjectRequests;
import org.jswtpm.engine.tpm2.structure.Handle;
import org.jswtpm.engine.tpm2.structure.TpmRc;
import org.jswtpm.engine.wire.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each command that needs an authorization, under each kind of it. Authorization comes before the parameters (Part 3, 5.7), so it is
 * seen with parameters that no command takes: who is authorized is answered about those.
 */
class CommandAuthorizationTest {
    private static final String NO_PARAMETERS = "00";
    private static final Bytes AUTH = Bytes.hex("7077");
    private static final Handle INDEX = new Handle(0x0100_0001);
    private static final Handle PCR = new Handle(16);

    private enum Kind {
        NONE,
        EMPTY_PASSWORD,
        PASSWORD,
        HMAC,
        HMAC_WITH_ANOTHER_VALUE,
        /** Of a policy that nothing asks for. */
        POLICY
    }

    static Stream<CommandCode> commands() {
        return Stream.of(CommandCode.values())
                .filter(row -> CommandSet.nullProfile().isEnabled(row))
                .filter(row -> row.handleCount() > 0 && row.handle(0).role() != HandleSlot.Role.NONE);
    }

    private static boolean isForUsers(CommandCode row) {
        for (int i = 0; i < row.handleCount(); i++) {
            HandleSlot.Role role = row.handle(i).role();
            if (role == HandleSlot.Role.ADMIN || role == HandleSlot.Role.DUP) {
                return false;
            }
        }
        return !row.alwaysRequiresPhysicalPresence();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void asksForTheAuthorization(CommandCode row) {
        if (!isForUsers(row)) {
            return; // what a role demands, and physical presence, are compared with swtpm
        }
        boolean isPcr = row.handle(0).type() == HandleType.PCR || row.handle(0).type() == HandleType.PCR_OR_NULL;
        boolean isLockout = row.handle(0).type() == HandleType.LOCKOUT;
        TpmRc refused = (isLockout ? TpmRc.AUTH_FAIL : TpmRc.BAD_AUTH).session(1);
        Scene scene = new Scene(Tpm2Fixture.started());
        assertEquals(TpmRc.AUTH_MISSING, scene.send(row, Kind.NONE));
        TpmRc authorized = scene.send(row, Kind.PASSWORD);
        assertFalse(List.of(TpmRc.AUTH_MISSING, refused).contains(authorized), authorized.toString());
        assertEquals(authorized, scene.send(row, Kind.HMAC));
        if (!isPcr) {
            assertEquals(refused, scene.send(row, Kind.HMAC_WITH_ANOTHER_VALUE));
            assertEquals(isLockout ? TpmRc.LOCKOUT : refused, scene.send(row, Kind.EMPTY_PASSWORD));
        }
    }

    @SameAsSwtpm
    void asksAsSwtpmDoes(TpmPair both) {
        Scene ours = new Scene(both.ours());
        Scene theirs = new Scene(both.swtpm());
        commands().forEach(row -> {
            for (Kind kind : Kind.values()) {
                assertEquals(theirs.send(row, kind), ours.send(row, kind), row + " with " + kind);
            }
        });
    }

    /** A TPM where everything that can authorize has the same auth value, a PCR apart. */
    private static final class Scene {
        private final TpmClient tpm;
        private final Handle key;
        private final Bytes keyName;
        private final Bytes indexName;
        private final ClientSession first;
        private final ClientSession second;
        private final ClientSession policy;

        Scene(TpmClient tpm) {
            this.tpm = tpm;
            Answer created = tpm.send(ObjectRequests.createPrimary(Handle.OWNER, ObjectRequests.ECC_SIGN, "7077", ""));
            key = created.handle();
            keyName = created.parameters().slice(created.parameters().size() - 34, 34);
            tpm.send(TestCommand.of(CommandCode.NV_DEFINE_SPACE)
                            .handle(Handle.OWNER)
                            .password("")
                            .parameters("0002 7077 000e 01000001 000b 02040004 0000 0004"))
                    .isSuccess();
            Bytes area = tpm.send(TestCommand.of(CommandCode.NV_READ_PUBLIC).handle(INDEX))
                    .parameters();
            indexName = area.slice(area.size() - 34, 34);
            for (Handle hierarchy : List.of(Handle.OWNER, Handle.ENDORSEMENT, Handle.PLATFORM, Handle.LOCKOUT)) {
                tpm.send(TestCommand.of(CommandCode.HIERARCHY_CHANGE_AUTH)
                                .handle(hierarchy)
                                .password("")
                                .parameters("0002 7077"))
                        .isSuccess();
            }
            first = tpm.startHmacSession();
            second = tpm.startHmacSession();
            policy = tpm.startSession(1, Digest.SHA256, Handle.NULL, Bytes.EMPTY, 0);
        }

        TpmRc send(CommandCode row, Kind kind) {
            TestCommand command = TestCommand.of(row).parameters(NO_PARAMETERS);
            List<Bytes> auths = new ArrayList<>();
            for (int i = 0; i < row.handleCount(); i++) {
                command = withHandle(command, row.handle(i).type());
                if (row.handle(i).role() != HandleSlot.Role.NONE) {
                    auths.add(
                            switch (row.handle(i).type()) {
                                case PCR, PCR_OR_NULL -> Bytes.EMPTY;
                                default -> AUTH;
                            });
                }
            }
            for (int i = 0; i < auths.size(); i++) {
                ClientSession hmac = i == 0 ? first : second;
                command = switch (kind) {
                    case NONE -> command;
                    case EMPTY_PASSWORD -> command.password("");
                    case PASSWORD -> command.session(ClientSession.password(auths.get(i)));
                    case HMAC -> command.session(hmac.auth(auths.get(i)));
                    case HMAC_WITH_ANOTHER_VALUE -> command.session(hmac.auth(Bytes.hex("aa")));
                    case POLICY -> command.session(i == 0 ? policy.authNotIncluded() : hmac.auth(auths.get(i)));
                };
            }
            return tpm.send(command).code();
        }

        private TestCommand withHandle(TestCommand command, HandleType type) {
            return switch (type) {
                case OBJECT, OBJECT_OR_NULL, PARENT_OR_NULL, ENTITY, ENTITY_OR_NULL, CONTEXT ->
                    command.handle(key, keyName);
                case PCR, PCR_OR_NULL -> command.handle(PCR);
                case HMAC_SESSION -> command.handle(second.handle());
                case POLICY_SESSION -> command.handle(policy.handle());
                case HIERARCHY, HIERARCHY_OR_NULL, HIERARCHY_AUTH, HIERARCHY_POLICY, PROVISION ->
                    command.handle(Handle.OWNER);
                case PLATFORM, CLEAR -> command.handle(Handle.PLATFORM);
                case ENDORSEMENT, ENDORSEMENT_OR_NULL -> command.handle(Handle.ENDORSEMENT);
                case LOCKOUT -> command.handle(Handle.LOCKOUT);
                case NV_AUTH, NV_INDEX, NV_DEFINED_INDEX -> command.handle(INDEX, indexName);
            };
        }
    }
}
