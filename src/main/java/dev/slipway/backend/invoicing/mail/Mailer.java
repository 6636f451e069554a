package dev.slipway.backend.invoicing.mail;

/// Sends mails.
public interface Mailer {
    /// Sends a mail, once. Throwing means that it was certainly not sent and may be tried again.
    ///
    /// @param handover asked once, just before the mail leaves our hands; after it a broken
    ///   connection means that no one knows. False stops: someone else has begun to send it
    /// @throws NotSent if nothing was handed over and it is worth another attempt
    Outcome send(InvoiceMail mail, Handover handover) throws NotSent;

    /// Where mails go, for a person.
    String describe();

    /// The domain that mails come from, for their ids.
    String domain();

    /// The last gate before a mail leaves.
    @FunctionalInterface
    interface Handover {
        boolean begin();
    }

    /// What became of a mail.
    sealed interface Outcome {
        /// The server has taken responsibility for it.
        record Accepted() implements Outcome {}

        /// The server does not want it; trying again would not help.
        record Rejected(String reason) implements Outcome {}

        /// It may have arrived or not.
        record Unknown(String reason) implements Outcome {}

        /// Someone else has begun to send it.
        record Yielded() implements Outcome {}
    }

    /// Nothing was sent.
    final class NotSent extends Exception {
        private static final long serialVersionUID = 1L;

        public NotSent(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
