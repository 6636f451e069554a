package dev.slipway.backend.invoicing.mail;

import dev.slipway.config.Configuration;
import dev.slipway.config.Section;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The section `mail`: `from`, and either `folder` or `smtp`.
public final class MailSettings {
    private MailSettings() {}

    /// The mailer of a configuration; empty if it has none, then nothing is sendable.
    ///
    /// @throws dev.slipway.config.BadFile naming everything that is wrong
    public static Optional<Mailer> read(Configuration configuration) {
        Mailer mailer;
        try (Section section = configuration.section("mail")) {
            if (section.keys().isEmpty()) {
                return Optional.empty();
            }
            InternetAddress from = from(section);
            String folder = section.textOrNull("folder");
            Section smtp = section.section("smtp");
            if ((folder == null) == (smtp == null)) {
                section.problem("folder", "'mail' needs either 'folder' or 'smtp'");
                mailer = null;
            } else {
                mailer =
                        folder != null
                                ? new FolderMailer(configuration.path(folder), from)
                                : smtp(configuration, smtp, from);
            }
        }
        configuration.check();
        return Optional.ofNullable(mailer);
    }

    private static InternetAddress from(Section section) {
        String text = section.text("from");
        try {
            return new InternetAddress(text, true);
        } catch (AddressException _) {
            section.problem("from", "'from' must be an address such as Finance <mail@example.org>");
            return new InternetAddress();
        }
    }

    private static @Nullable Mailer smtp(
            Configuration configuration, @Nullable Section section, InternetAddress from) {
        if (section == null) {
            return null;
        }
        try (section) {
            return new SmtpMailer(
                    new SmtpMailer.Settings(
                            section.text("host"),
                            section.integer("port", 587),
                            section.text("user", ""),
                            configuration.secret(section, "password"),
                            security(section),
                            Duration.ofSeconds(section.integer("timeout-seconds", 30))),
                    from);
        }
    }

    private static SmtpMailer.Security security(Section section) {
        String word = section.text("security", "starttls");
        return Arrays.stream(SmtpMailer.Security.values())
                .filter(s -> s.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseGet(
                        () -> {
                            section.problem("security", "'security' must be none, starttls or tls");
                            return SmtpMailer.Security.STARTTLS;
                        });
    }
}
