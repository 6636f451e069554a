package dev.slipway.client.http;

import dev.slipway.api.ProblemDetail;

/// Why something asked of the backend did not come about, for a person: what happened, what is
/// unchanged, what to do now.
public sealed interface Problem {

    /// The backend understood and refused.
    record Rejected(ProblemDetail answer) implements Problem {
        @Override
        public String title() {
            return answer.title();
        }

        @Override
        public String detail() {
            var text = new StringBuilder(answer.detail() == null ? "" : answer.detail());
            for (var error : answer.errors()) {
                text.append(text.isEmpty() ? "" : "\n");
                text.append(error.field()).append(": ").append(error.message());
            }
            return text.toString();
        }
    }

    /// There is no session, or it has ended.
    record Unauthorised(String detail) implements Problem {
        @Override
        public String title() {
            return "Log in again";
        }
    }

    /// The backend can't be reached; nothing was changed.
    record Offline(String detail) implements Problem {
        @Override
        public String title() {
            return "The backend can't be reached";
        }
    }

    /// A command was sent, its answer got lost, and it could not be found out whether it was done.
    ///
    /// @param key its `Idempotency-Key`: sending the same command with it can't do it twice
    record Unknown(String key, String detail) implements Problem {
        @Override
        public String title() {
            return "It is unknown whether this was done";
        }
    }

    /// The backend answered with something that is not of the contract.
    record Unreadable(String detail) implements Problem {
        @Override
        public String title() {
            return "The backend's answer can't be read";
        }
    }

    /// A file could not be written on this machine.
    record NotWritten(String detail) implements Problem {
        @Override
        public String title() {
            return "It was not saved";
        }
    }

    /// A file of this machine could not be sent; nothing was.
    record NotSent(String detail) implements Problem {
        @Override
        public String title() {
            return "It was not sent";
        }
    }

    /// A fault of this program.
    ///
    /// @param code names the fault's place; the same fault has the same code
    /// @param detail the stack trace, to be copied
    record Bug(String code, String detail) implements Problem {
        @Override
        public String title() {
            return "A fault in Slipway (" + code + ")";
        }
    }

    /// What happened, in a few words.
    String title();

    /// What names this problem in the logs, to be quoted to whoever helps; empty if nothing does.
    default String reference() {
        return switch (this) {
            case Rejected(ProblemDetail answer) -> answer.id();
            case Unknown unknown -> unknown.key();
            case Bug bug -> bug.code();
            case Unauthorised _, Offline _, Unreadable _, NotWritten _, NotSent _ -> "";
        };
    }

    /// The rest; may be empty.
    String detail();
}
