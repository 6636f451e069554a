package dev.slipway.console.terminal;

import dev.slipway.client.BackendClient;
import dev.slipway.client.http.ProblemException;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Where a dangerous act is meant: in production the environment's name must be given, as it must
/// be typed in the console.
public final class Place {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--environment",
            description = "The environment's name; needed where it is one of production.")
    private @Nullable String environment;

    /// @throws ParameterException if it is production, and its name was not given
    public void check(BackendClient client) throws ProblemException {
        var health = client.health();
        if (health.production() && !health.environment().equals(environment)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "This is %s, an environment of production: say --environment \"%s\" if it is meant."
                            .formatted(health.environment(), health.environment()));
        }
    }
}
