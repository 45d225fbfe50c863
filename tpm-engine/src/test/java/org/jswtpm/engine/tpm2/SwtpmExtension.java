package org.jswtpm.engine.tpm2;

import java.nio.file.Files;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test its {@link TpmPair}, and ends swtpm with it. */
final class SwtpmExtension implements ParameterResolver, ExecutionCondition {
    private static final Namespace NAMESPACE = Namespace.create(SwtpmExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Files.isExecutable(Swtpm.PROGRAM)
                ? ConditionEvaluationResult.enabled("swtpm is installed")
                : ConditionEvaluationResult.disabled(Swtpm.PROGRAM + " is not installed");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TpmPair.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        try {
            TpmPair pair = new TpmPair(Tpm2Fixture.started(), Swtpm.start());
            context.getStore(NAMESPACE).put("pair", pair);
            return pair;
        } catch (Exception e) {
            throw new ParameterResolutionException("swtpm does not start", e);
        }
    }
}
