package dev.slipway.api.schedules;

import dev.slipway.api.access.Role;

import java.util.List;

/// A kind of work that can be scheduled.
///
/// @param description what a run does, for a person
/// @param roles who may run it and change its schedules, besides `ADMIN`
public record ScheduleTask(
        String name, String description, List<Parameter> parameters, List<Role> roles) {

    public ScheduleTask {
        parameters = List.copyOf(parameters);
        roles = List.copyOf(roles);
    }

    /// What a task wants to be told.
    ///
    /// @param choices the values that it may have; empty if it may have any
    /// @param standard its value if none is given; empty if it must be given
    public record Parameter(
            String name, String description, List<String> choices, String standard) {

        public Parameter {
            choices = List.copyOf(choices);
        }
    }
}
