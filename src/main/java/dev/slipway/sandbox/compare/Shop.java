package dev.slipway.sandbox.compare;

import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// One of the two shops, as someone who asks it sees it.
///
/// @param url its address
/// @param token what it lets in
record Shop(URI url, String token) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CACHE = "/shop/v1/cache";

    /// Significant digits of a measured time.
    private static final int DIGITS = 3;

    /// @param all the answers in the order of the questions
    /// @param times each from the moment at which the question was meant to be asked
    record Answers(List<HttpResponse<byte[]>> all, Times times) {}

    /// Asks each question at its own moment, whatever became of those before.
    ///
    /// @param perSecond questions per second
    /// @throws IOException if one is not answered
    Answers ask(List<String> questions, double perSecond) throws IOException, InterruptedException {
        Histogram nanos = new ConcurrentHistogram(DIGITS);
        List<Future<HttpResponse<byte[]>>> asked = new ArrayList<>();
        List<HttpResponse<byte[]>> answers = new ArrayList<>();
        try (var http = HttpClient.newHttpClient();
                var each = Executors.newVirtualThreadPerTaskExecutor()) {
            long start = System.nanoTime();
            for (String question : questions) {
                long meant = start + (long) (asked.size() / perSecond * 1e9);
                new Semaphore(0).tryAcquire(meant - System.nanoTime(), TimeUnit.NANOSECONDS);
                asked.add(each.submit(() -> answer(http, question, meant, nanos)));
            }
            for (Future<HttpResponse<byte[]>> one : asked) {
                answers.add(result(one));
            }
        }
        return new Answers(answers, Times.of(nanos));
    }

    /// Asks one question after another.
    ///
    /// @return seconds that all of them took
    double inTurn(List<String> questions) throws IOException, InterruptedException {
        long start = System.nanoTime();
        try (var http = HttpClient.newHttpClient()) {
            for (String question : questions) {
                answer(http, question, start, new ConcurrentHistogram(DIGITS));
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    /// Empties the cache.
    void forget() throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = request(CACHE).DELETE().build();
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            if (status >= 300) {
                throw new IOException(url + " did not empty its cache: " + status);
            }
        }
    }

    private HttpRequest.Builder request(String target) {
        return HttpRequest.newBuilder(url.resolve(target))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<byte[]> answer(
            HttpClient http, String question, long meant, Histogram nanos)
            throws IOException, InterruptedException {
        var response = http.send(request(question).build(), BodyHandlers.ofByteArray());
        nanos.recordValue(System.nanoTime() - meant);
        if (response.statusCode() >= 500 || response.statusCode() == 401) {
            throw new IOException(url + " answered " + question + ": " + response.statusCode());
        }
        return response;
    }

    private static <T> T result(Future<T> future) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
