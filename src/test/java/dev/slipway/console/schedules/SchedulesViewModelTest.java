package dev.slipway.console.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.api.schedules.AddSchedule;
import dev.slipway.api.schedules.ChangeSchedule;
import dev.slipway.api.schedules.OfDate;
import dev.slipway.api.schedules.PauseSchedule;
import dev.slipway.api.schedules.RestoreSchedule;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.SchedulePreview;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.client.offline.Listing;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.schedules.CalendarDay.Mark;
import dev.slipway.testing.MuchSchedules;
import dev.slipway.testing.Screens;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

class SchedulesViewModelTest {
    private static final Instant NOW = Screens.NOW;
    private static final LocalDate TODAY = LocalDate.ofInstant(NOW, ZoneOffset.UTC);

    private final Screens screens = new Screens();
    private final Noted commands = new Noted();
    private final List<String> told = new ArrayList<>();
    private final MuchSchedules data = new MuchSchedules(NOW);
    private final SchedulesViewModel model =
            new SchedulesViewModel(
                    commands,
                    screens.commander,
                    screens.access,
                    InstantSource.fixed(NOW),
                    screens.words,
                    told::add);

    private void show() {
        model.show(new LoadState.Ready<>(data.schedules(), NOW));
        model.showRuns(new LoadState.Ready<>(data.runs(), NOW));
    }

    @Test
    void whatIsWrongComesFirst() {
        show();
        assertThat(model.rows())
                .extracting(row -> row.schedule().name())
                .containsExactly(
                        "vendor-invoices",
                        "orders-export",
                        "stock-report",
                        "year-end",
                        "audit-check");
        assertThat(model.rows())
                .extracting(ScheduleRow::trouble)
                .containsExactly(
                        Trouble.FAILED, Trouble.MISSED, Trouble.PAUSED, Trouble.OFF, Trouble.NONE);
        assertThat(model.rows().getFirst().verdict()).isEqualTo(TODAY.minusDays(3) + " failed");
        assertThat(model.rows().get(2).verdict()).contains("oncall.ines", "stocktaking");
        assertThat(model.rows().getFirst().in()).isEqualTo("in 22 h 55 min");
    }

    @Test
    void aDueTimeThatPassedWithoutARunIsLate() {
        var later =
                new SchedulesViewModel(
                        commands,
                        screens.commander,
                        screens.access,
                        InstantSource.fixed(NOW.plus(Duration.ofHours(23))),
                        screens.words,
                        told::add);
        later.show(new LoadState.Ready<>(List.of(data.schedules().getFirst()), NOW));
        assertThat(later.rows().getFirst().trouble()).isEqualTo(Trouble.LATE);
        assertThat(later.rows().getFirst().in()).isEqualTo("due since 4 min");

        // what failed three days ago does not hide it
        later.show(new LoadState.Ready<>(List.of(invoices()), NOW));
        later.showRuns(new LoadState.Ready<>(data.runs(), NOW));
        assertThat(later.rows().getFirst().trouble()).isEqualTo(Trouble.LATE);
        assertThat(later.rows().getFirst().verdict())
                .isEqualTo("due, not started; " + TODAY.minusDays(3) + " failed");
    }

    private Schedule invoices() {
        return data.schedules().stream()
                .filter(one -> one.name().equals("vendor-invoices"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPauseIsToldBesideWhatFailedBefore() {
        Schedule one = invoices();
        Schedule other =
                data.schedules().stream().filter(s -> s.pause() != null).findFirst().orElseThrow();
        show();
        var paused =
                new Schedule(
                        one.name(),
                        one.version(),
                        one.spec(),
                        one.words(),
                        other.pause(),
                        one.next(),
                        one.last(),
                        null,
                        one.changedBy(),
                        one.changedAt());
        model.show(new LoadState.Ready<>(List.of(paused), NOW));
        assertThat(model.rows().getFirst().trouble()).isEqualTo(Trouble.FAILED);
        assertThat(model.rows().getFirst().verdict())
                .startsWith(TODAY.minusDays(3) + " failed; paused ")
                .contains("oncall.ines", "stocktaking");
    }

    @Test
    void pausesWithAReasonAndAnEndOnly() throws Exception {
        screens.online(Role.ONCALL);
        show();
        assertThat(model.pausing().gate().reason().get()).contains("Select a schedule");
        model.select(data.schedules().get(1));
        assertThat(model.pausing().gate().reason().get()).contains("Say why");
        model.choice().reason().set(" the shop's backup ");
        model.pausing().length().set(PauseLength.FOUR_HOURS);
        model.pausing().pauseOrResume();
        screens.answered();
        assertThat(commands.given)
                .containsExactly(
                        "pause vendor-invoices "
                                + new PauseSchedule(
                                        "the shop's backup", NOW.plus(Duration.ofHours(4))));
        assertThat(told).containsExactly("vendor-invoices is paused");
        assertThat(model.choice().reason().get()).isEmpty();
    }

    @Test
    void resumesWhatIsPausedWithoutAReason() throws Exception {
        screens.online(Role.OPERATOR);
        show();
        model.select(data.schedules().get(3));
        model.pausing().pauseOrResume();
        screens.answered();
        assertThat(commands.given).containsExactly("resume stock-report ");
    }

    @Test
    void aDateThatHasRunOrIsToComeCantBeRun() {
        show();
        model.select(data.schedules().get(1));
        screens.online(Role.OPERATOR);
        model.choice().date().set(TODAY.minusDays(1));
        assertThat(model.running().gate().reason().get()).contains("is done");
        model.choice().date().set(TODAY.plusDays(2));
        assertThat(model.running().gate().reason().get()).contains("still to come");
        model.choice().date().set(TODAY.minusDays(3));
        assertThat(model.running().gate().open()).isTrue();
        assertThat(model.running().beforeRun()).isPresent();
        model.choice().date().set(null);
        assertThat(model.running().gate().open()).isFalse();
    }

    @Test
    void offersTheLatestDateThatFailedAndNeverADayThatIsNotOver() {
        show();
        screens.online(Role.OPERATOR);
        model.select(data.schedules().get(1));
        assertThat(model.choice().date().get()).isEqualTo(TODAY.minusDays(3));
        assertThat(model.running().gate().open()).isTrue();
        model.select(data.schedules().getFirst());
        assertThat(model.choice().date().get()).isEqualTo(TODAY);
        assertThat(model.running().gate().reason().get()).contains("then it runs by itself");
        assertThat(model.skipping().gate().open()).isTrue();
    }

    @Test
    void whatWasAskedIsDoneThoughTheChoiceChangedMeanwhile() throws Exception {
        show();
        screens.online(Role.OPERATOR);
        model.select(data.schedules().get(1));
        var run = model.running().beforeRun().orElseThrow();
        var remove = model.beforeRemove().orElseThrow();
        assertThat(run.question().title()).contains("vendor-invoices", "" + TODAY.minusDays(3));
        model.choice().date().set(TODAY);
        model.select(data.schedules().getFirst());
        run.act().accept("");
        screens.answered();
        remove.act().accept("unwanted");
        screens.answered();
        assertThat(commands.given)
                .containsExactly(
                        "run vendor-invoices " + TODAY.minusDays(3),
                        "remove vendor-invoices unwanted");
    }

    @Test
    void skipsADateToComeAndTakesItBack() throws Exception {
        screens.online(Role.OPERATOR);
        show();
        model.select(data.schedules().get(1));
        model.choice().date().set(TODAY);
        model.skipping().skipOrNot();
        screens.answered();
        model.choice().date().set(TODAY.plusDays(2));
        assertThat(model.skipping().skipped()).isTrue();
        model.skipping().skipOrNot();
        screens.answered();
        assertThat(commands.given)
                .containsExactly(
                        "skip vendor-invoices " + TODAY,
                        "unskip vendor-invoices " + TODAY.plusDays(2));
        model.choice().date().set(TODAY.minusDays(3));
        assertThat(model.skipping().gate().reason().get()).contains("not one of the next dates");
    }

    @Test
    void restoresAnEarlierVersionByTheOneThatWasSeen() throws Exception {
        screens.online(Role.ADMIN);
        show();
        model.select(data.schedules().get(1));
        model.restoring().version().set(data.versions().getFirst());
        assertThat(model.restoring().gate().reason().get()).contains("how it stands");
        model.restoring().version().set(data.versions().getLast());
        model.restoring().restore();
        screens.answered();
        assertThat(commands.given)
                .containsExactly("restore vendor-invoices " + new RestoreSchedule(1, 3, ""));
    }

    @Test
    void aViewerMayDoNothing() {
        screens.online(Role.VIEWER);
        show();
        model.select(data.schedules().get(1));
        model.choice().reason().set("x");
        for (var gate :
                List.of(model.pausing().gate(), model.running().gate(), model.skipping().gate())) {
            assertThat(gate.reason().get()).contains("viewer");
        }
    }

    @Test
    void theCalendarTellsOfEveryDay() {
        var calendar = new CalendarViewModel(InstantSource.fixed(NOW), screens.words);
        calendar.show(
                data.schedules().get(1),
                data.runs().stream().filter(r -> r.schedule().equals("vendor-invoices")).toList());
        calendar.chosen().set(TODAY.minusDays(3));
        assertThat(calendar.about().get()).contains("failed", "connection refused", "due ");
        assertThat(calendar.days().get()).hasSize(42);
        assertThat(mark(calendar, TODAY.minusDays(1))).isEqualTo(Mark.DONE);
        assertThat(mark(calendar, TODAY.minusDays(9))).isEqualTo(Mark.SKIPPED);
        assertThat(mark(calendar, TODAY)).isEqualTo(Mark.PLANNED);
        String month = calendar.title().get();
        calendar.turn(-1);
        assertThat(calendar.title().get()).isNotEqualTo(month);
        calendar.turn(1);
        assertThat(calendar.chosen().get()).isEqualTo(TODAY.minusDays(3));
        calendar.move(7);
        assertThat(calendar.chosen().get()).isEqualTo(TODAY.plusDays(4));
    }

    @Test
    void anEditKeepsWhatWasTypedWhenItIsRefusedAndAsksAgainForWhatWasTypedMeanwhile()
            throws Exception {
        screens.online(Role.OPERATOR);
        var edit =
                new EditorViewModel(
                        commands,
                        screens.commander,
                        screens.loader,
                        () -> "",
                        screens.access,
                        InstantSource.fixed(NOW),
                        screens.words,
                        told::add);
        edit.showTasks(new LoadState.Ready<>(new Listing<>(data.tasks(), null, null), NOW));
        edit.begin(data.schedules().get(1));
        screens.await(() -> !edit.meaning().next().isEmpty() && edit.saveGate().open());
        assertThat(edit.meaning().text().get()).isEqualTo("every day at 02:00");
        assertThat(edit.meaning().next()).hasSize(10);
        commands.dropped = true;
        edit.meaning().ask();
        screens.await(() -> edit.meaning().next().size() == 9);
        assertThat(edit.meaning().text().get())
                .contains(TODAY + ", which would run next, does not run");
        commands.dropped = false;
        edit.form().cron().set("0 2 * *");
        edit.meaning().ask();
        screens.await(() -> !edit.meaning().problem().get().isEmpty());
        assertThat(edit.meaning().problem().get()).isEqualTo("Five fields.");
        assertThat(edit.saveGate().reason().get()).isEqualTo("Five fields.");
        edit.form().cron().set("0 5 * * *");
        edit.meaning().ask();
        screens.await(() -> edit.saveGate().open());
        edit.form().reason().set("later");
        commands.refuse = true;
        edit.save();
        screens.answered();
        assertThat(edit.open().get()).isTrue();
        assertThat(edit.form().cron().get()).isEqualTo("0 5 * * *");
        commands.refuse = false;
        edit.save();
        screens.answered();
        assertThat(edit.open().get()).isFalse();
        assertThat(commands.given.getLast())
                .startsWith("change vendor-invoices ")
                .contains("0 5 * * *", "expected=3", "reason=later");
    }

    private static Mark mark(CalendarViewModel calendar, LocalDate date) {
        return calendar.days().get().stream()
                .filter(day -> day.date().equals(date))
                .findFirst()
                .orElseThrow()
                .mark();
    }

    /// Notes what it is told and answers with what there is.
    private final class Noted implements ScheduleCommands {
        private final List<String> given = new ArrayList<>();
        private boolean refuse;

        /// Whether what is typed does not run the next date.
        private boolean dropped;

        private Schedule note(String command) throws ProblemException {
            if (refuse) {
                throw new ProblemException(new Problem.Offline("Nothing was changed."));
            }
            given.add(command);
            return data.schedules().get(1);
        }

        private ScheduleRun noteRun(String command, OfDate date) {
            given.add(command + " " + date.businessDate());
            return data.runs().getFirst();
        }

        @Override
        public Schedule pause(String name, PauseSchedule pause) throws ProblemException {
            return note("pause " + name + " " + pause);
        }

        @Override
        public Schedule resume(String name, String reason) throws ProblemException {
            return note("resume " + name + " " + reason);
        }

        @Override
        public ScheduleRun run(String name, OfDate date) {
            return noteRun("run " + name, date);
        }

        @Override
        public ScheduleRun skip(String name, OfDate date) {
            return noteRun("skip " + name, date);
        }

        @Override
        public ScheduleRun unskip(String name, OfDate date) {
            return noteRun("unskip " + name, date);
        }

        @Override
        public Schedule add(AddSchedule schedule) throws ProblemException {
            return note("add " + schedule);
        }

        @Override
        public Schedule change(String name, ChangeSchedule change) throws ProblemException {
            return note("change " + name + " " + change);
        }

        @Override
        public Schedule remove(String name, String reason) throws ProblemException {
            return note("remove " + name + " " + reason);
        }

        @Override
        public Schedule restore(String name, RestoreSchedule wanted) throws ProblemException {
            return note("restore " + name + " " + wanted);
        }

        @Override
        public SchedulePreview preview(String cron, String zone, int daysBack) {
            SchedulePreview all = data.preview();
            if (dropped) {
                return new SchedulePreview(
                        all.words(), all.next().subList(1, all.next().size()), null, null);
            }
            return cron.split(" ").length == 5
                    ? data.preview()
                    : new SchedulePreview("", List.of(), "cron", "Five fields.");
        }
    }
}
