package dev.slipway.console.action;

import dev.slipway.console.action.Action.Effect;

import java.util.List;
import java.util.stream.Stream;

/// All that can be done in the console.
final class Actions {
    private Actions() {}

    static Stream<Action> all() {
        return Stream.of(
                        ShellActions.all(),
                        MetricsActions.all(),
                        QueueActions.all(),
                        MigrationActions.all(),
                        InvoiceActions.all(),
                        LaunchActions.all(),
                        AuditActions.all(),
                        ConnectionActions.all(),
                        BrokerActions.all(),
                        ExportActions.all(),
                        ScheduleActions.all(),
                        PictureActions.all())
                .flatMap(List::stream);
    }

    static Stream<Action> commands() {
        return all().filter(action -> action.effect() instanceof Effect.Command);
    }

    static Stream<Action> questions() {
        return all().filter(action -> action.effect() instanceof Effect.Question);
    }

    static Stream<Action> asking() {
        return all().filter(Action::asks);
    }
}
