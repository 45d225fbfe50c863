package org.jswtpm.engine.tpm12;

import java.nio.file.Files;
import org.jswtpm.engine.tpm2.Swtpm;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test its {@link Tpm12Pair}, and ends swtpm with it. */
final class Swtpm12Extension implements ParameterResolver, ExecutionCondition {
    private static final Namespace NAMESPACE = Namespace.create(Swtpm12Extension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Files.isExecutable(Swtpm.PROGRAM)
                ? ConditionEvaluationResult.enabled("swtpm is installed")
                : ConditionEvaluationResult.disabled(Swtpm.PROGRAM + " is not installed");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Tpm12Pair.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        try {
            Tpm12Pair pair = new Tpm12Pair(Tpm12Fixture.started(), Swtpm12.start());
            context.getStore(NAMESPACE).put("pair", pair);
            return pair;
        } catch (Exception e) {
            throw new ParameterResolutionException("swtpm does not start", e);
        }
    }
}
