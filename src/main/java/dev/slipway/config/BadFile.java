package dev.slipway.config;

import java.util.List;
import java.util.stream.Collectors;

/// A YAML file that can't be used. Its message names every problem with its line, fit to be shown
/// to a person.
public final class BadFile extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<Problem> problems;

    public BadFile(String file, List<Problem> problems) {
        super(
                problems.stream()
                        .map(p -> file + ": " + p)
                        .collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
