package org.jswtpm.systemtest.environment;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips what {@link Needs} a missing package, with its name; in CI a skipped test would pass unseen, so there it fails. */
final class NeedsCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        List<String> missing = new ArrayList<>();
        AnnotationSupport.findAnnotation(context.getElement(), Needs.class).ifPresent(needs -> {
            for (DebianPackage wanted : needs.value()) {
                if (!wanted.isInstalled()) {
                    missing.add(wanted.packageName());
                }
            }
        });
        return decide(missing, "true".equals(System.getenv("CI")));
    }

    static ConditionEvaluationResult decide(List<String> missing, boolean inCi) {
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("all packages are installed");
        }
        String reason = "missing Debian packages: " + String.join(" ", missing);
        if (inCi) {
            throw new IllegalStateException(reason);
        }
        return ConditionEvaluationResult.disabled(reason);
    }
}
