package dev.slipway.backend.schedules;

import com.cronutils.descriptor.CronDescriptor;
import com.cronutils.model.definition.CronDefinition;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A cron expression of at most one time per day: Unix cron's five fields, and of Quartz's signs
/// `L`, `W`, `LW` and `#`. It names times of a calendar on the wall; [Dues] says when they are in a
/// zone. The library never sees a zone, so its own treatment of clock changes plays no part.
final class Cron {
    private static final CronDefinition FLAVOUR =
            CronDefinitionBuilder.defineCron()
                    .withMinutes()
                    .withValidRange(0, 59)
                    .withStrictRange()
                    .and()
                    .withHours()
                    .withValidRange(0, 23)
                    .withStrictRange()
                    .and()
                    .withDayOfMonth()
                    .withValidRange(1, 31)
                    .supportsL()
                    .supportsW()
                    .supportsLW()
                    .withStrictRange()
                    .and()
                    .withMonth()
                    .withValidRange(1, 12)
                    .withStrictRange()
                    .and()
                    .withDayOfWeek()
                    .withValidRange(0, 7)
                    .withMondayDoWValue(1)
                    .withIntMapping(7, 0)
                    .supportsHash()
                    .supportsL()
                    .withStrictRange()
                    .and()
                    .instance();
    private static final int LONGEST = 100;
    private static final Pattern ONCE_A_DAY = Pattern.compile("\\d{1,2} \\d{1,2} .*");
    private static final LocalDateTime LONG_AGO = LocalDateTime.of(2000, 1, 1, 0, 0);

    private final com.cronutils.model.Cron cron;
    private final ExecutionTime times;
    private final String[] fields;

    private Cron(com.cronutils.model.Cron cron, String text) {
        this.cron = cron;
        this.times = ExecutionTime.forCron(cron);
        this.fields = text.split(" ");
    }

    /// A text that is no cron expression, or not one that a schedule may have.
    static final class BadCron extends Exception {
        private static final long serialVersionUID = 1L;

        BadCron(String message) {
            super(message, null, false, false);
        }

        /// What is wrong, for a person.
        String words() {
            return String.valueOf(getMessage());
        }
    }

    /// @param text fields with one space between
    static Cron parse(String text) throws BadCron {
        if (text.length() > LONGEST) {
            throw new BadCron("A cron expression may have at most " + LONGEST + " characters.");
        }
        int count = text.isBlank() ? 0 : text.split(" ").length;
        if (count != 5) {
            throw new BadCron(
                    "Five fields are needed: minute, hour, day of month, month, day of week; here"
                            + " are "
                            + count
                            + ". For example '0 2 * * *': daily at 02:00.");
        }
        if (!ONCE_A_DAY.matcher(text).matches()) {
            throw new BadCron(
                    "Minute and hour must be one number each, since a schedule runs once per"
                            + " business date: '30 2 * * 1-5' is 02:30 from Monday to Friday. Add a"
                            + " second schedule for a second time.");
        }
        var cron = new Cron(read(text), text);
        if (cron.after(LONG_AGO).isEmpty()) {
            throw new BadCron("That date never comes.");
        }
        return cron;
    }

    private static com.cronutils.model.Cron read(String text) throws BadCron {
        try {
            return new CronParser(FLAVOUR).parse(text).validate();
        } catch (RuntimeException e) { // the parser throws many kinds over a text that is wrong
            Throwable deepest = e;
            while (deepest.getCause() != null) {
                deepest = deepest.getCause();
            }
            String said = String.valueOf(deepest.getMessage());
            throw new BadCron(said.endsWith(".") || said.endsWith("!") ? said : said + ".");
        }
    }

    /// The first time on the wall after another.
    ///
    /// @return empty if there is none in the years that can be looked through
    Optional<LocalDateTime> after(LocalDateTime wall) {
        return times.nextExecution(wall.atZone(ZoneOffset.UTC))
                .map(java.time.ZonedDateTime::toLocalDateTime);
    }

    /// The time of day that it names.
    LocalTime time() {
        return LocalTime.of(Integer.parseInt(fields[1]), Integer.parseInt(fields[0]));
    }

    /// What it means, in English.
    String words() {
        String said = CronDescriptor.instance(Locale.ENGLISH).describe(cron);
        boolean days = !fields[2].equals("*");
        boolean weekdays = !fields[4].equals("*");
        if (days && weekdays) {
            return said + " (a day that fits one of the two is enough)";
        }
        return !days && !weekdays && fields[3].equals("*") ? "every day " + said : said;
    }
}
