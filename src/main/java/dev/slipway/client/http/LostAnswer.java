package dev.slipway.client.http;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.api.Paths;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Finds out what became of a command whose answer did not come: done, not done, or unknown.
final class LostAnswer {
    private static final String NEVER_SEEN = "never seen";

    /// A command that never arrived is sent once more, if whoever gave it still waits for it: with
    /// the same key it can't be done twice.
    private static final Duration STILL_MEANT = Duration.ofSeconds(5);

    private static final int LOOK_UPS = 8;

    /// A command that the backend is still at is waited for, not called unknown.
    private static final Duration UNDER_WAY = Duration.ofSeconds(60);

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(250);

    private final Line line;
    private final Request command;
    private final String key;
    private final long begun = System.nanoTime();
    private final OkHttpClient patient;

    LostAnswer(Line line, Request command, String key) {
        this.line = line;
        this.command = command;
        this.key = key;
        this.patient = line.http().newBuilder().callTimeout(PATIENCE).build();
    }

    /// @return the answer that was lost
    /// @throws ProblemException that it was refused, not done, or that it can't be known
    byte[] find(IOException lost) throws ProblemException {
        IOException last = lost;
        boolean sentAgain = false;
        for (int misses = 0; misses < LOOK_UPS && age().compareTo(UNDER_WAY) < 0; ) {
            try {
                switch (lookUp()) {
                    case "DONE", "REFUSED" -> {
                        return again();
                    }
                    case "UNKNOWN" -> throw unknown(last);
                    case NEVER_SEEN -> {
                        if (sentAgain || age().compareTo(STILL_MEANT) > 0) {
                            throw new ProblemException(
                                    new Problem.Offline(
                                            "The command did not arrive; nothing was done."));
                        }
                        sentAgain = true;
                        return again();
                    }
                    // it is being done
                    default -> LockSupport.parkNanos(PAUSE);
                }
            } catch (IOException e) {
                last = e;
                misses++;
                LockSupport.parkNanos(PAUSE);
            }
        }
        throw unknown(last);
    }

    private Duration age() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private String lookUp() throws IOException {
        Request request = line.request(line.url(Paths.COMMAND, key).build()).build();
        try (Response answer = patient.newCall(request).execute()) {
            if (answer.code() == 404) {
                return NEVER_SEEN;
            }
            JsonNode found = Answers.one(Answers.body(answer), JsonNode.class);
            return found.path("state").asText();
        } catch (ProblemException e) {
            throw new IOException(e);
        }
    }

    /// The same request with the same key is answered with what was answered before.
    private byte[] again() throws IOException, ProblemException {
        try (Response answer = line.once().newCall(command).execute()) {
            return Answers.body(answer);
        }
    }

    private ProblemException unknown(IOException last) {
        return new ProblemException(
                new Problem.Unknown(
                        key,
                        "It was sent, but no answer came and the backend can't say what became of"
                                + " it. Look at what stands there before you do it again."),
                last);
    }
}
