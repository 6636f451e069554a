package dev.slipway.console.schedules;

import java.time.LocalDate;

/// A day of the calendar.
///
/// @param inMonth whether it belongs to the month that is shown
/// @param words what became of its run, or will; for the line below and for screen readers
record CalendarDay(LocalDate date, boolean inMonth, Mark mark, String words) {
    /// What a day shows: each with a sign and a word of its own, so that no one needs the colour.
    enum Mark {
        NONE(""),
        PLANNED("fth-circle"),
        WAITING("fth-clock"),
        STARTED("fth-play"),
        DONE("fth-check"),
        FAILED("fth-x"),
        SKIPPED("fth-skip-forward"),
        MISSED("fth-alert-triangle");

        private final String icon;

        Mark(String icon) {
            this.icon = icon;
        }

        /// The literal of its icon, or empty.
        String icon() {
            return icon;
        }
    }
}
