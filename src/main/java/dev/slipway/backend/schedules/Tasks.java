package dev.slipway.backend.schedules;

import dev.slipway.api.access.Role;
import dev.slipway.api.schedules.ScheduleSpec;
import dev.slipway.api.schedules.ScheduleTask;
import dev.slipway.api.schedules.ScheduleTask.Parameter;
import dev.slipway.backend.http.Refused;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The tasks that this backend can schedule, by name.
public final class Tasks {
    private static final int LONGEST = 500;

    private final Map<String, Task> tasks = new TreeMap<>();

    public Tasks(Collection<? extends Task> tasks) {
        tasks.forEach(task -> this.tasks.put(task.description().name(), task));
    }

    List<ScheduleTask> descriptions() {
        return tasks.values().stream().map(Task::description).toList();
    }

    Optional<Task> find(String name) {
        return Optional.ofNullable(tasks.get(name));
    }

    /// Whether a role may run a task and change its schedules.
    boolean may(Role role, String task) {
        return role == Role.ADMIN
                || find(task).map(t -> t.description().roles().contains(role)).orElse(false);
    }

    /// @return the specification with the standard values of parameters that it leaves out
    /// @throws Refused 400 with the field that is wrong
    ScheduleSpec checked(ScheduleSpec spec) {
        Task task =
                find(spec.task())
                        .orElseThrow(
                                () ->
                                        Refused.badRequest(
                                                "/spec/task",
                                                "There is no task '%s'. There are: %s."
                                                        .formatted(
                                                                spec.task(),
                                                                String.join(
                                                                        ", ", tasks.keySet()))));
        Map<String, String> values = new TreeMap<>(spec.parameters());
        for (Parameter parameter : task.description().parameters()) {
            values.putIfAbsent(parameter.name(), parameter.standard());
            check(parameter, values.get(parameter.name()));
        }
        for (String given : values.keySet()) {
            if (task.description().parameters().stream().noneMatch(p -> p.name().equals(given))) {
                throw Refused.badRequest(
                        "/spec/parameters/" + given, "The task has no parameter of this name.");
            }
        }
        var whole =
                new ScheduleSpec(
                        spec.cron(),
                        spec.zone(),
                        spec.task(),
                        values,
                        spec.daysBack(),
                        spec.catchUp(),
                        spec.graceMinutes(),
                        spec.overlap(),
                        spec.enabled());
        task.check(whole);
        return whole;
    }

    private static void check(Parameter parameter, String value) {
        String field = "/spec/parameters/" + parameter.name();
        if (value.isBlank()) {
            throw Refused.badRequest(field, "The task needs this parameter.");
        }
        if (value.length() > LONGEST) {
            throw Refused.badRequest(field, "At most " + LONGEST + " characters.");
        }
        if (!parameter.choices().isEmpty() && !parameter.choices().contains(value)) {
            throw Refused.badRequest(field, "One of " + parameter.choices() + " is expected.");
        }
    }
}
