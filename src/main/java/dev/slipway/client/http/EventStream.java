package dev.slipway.client.http;

import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;

import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// One connection to the live stream. What comes in waits in a bounded queue: a reader that is slow
/// slows the sender down. Every byte counts as a sign of life, a comment too.
public final class EventStream implements AutoCloseable {
    private static final int WAITING = 2_000;
    private static final int BATCH = 500;

    /// What comes in.
    public sealed interface Item {
        record Opened() implements Item {}

        record Event(@Nullable String id, @Nullable String type, String data) implements Item {}

        /// @param status of the refusal; 0 if there was no answer or the stream just ended
        record Ended(int status, String reason) implements Item {}
    }

    private final BlockingQueue<Item> items = new ArrayBlockingQueue<>(WAITING);
    private final EventSource source;
    private volatile long heardAt = System.nanoTime();
    private volatile boolean closed;

    EventStream(OkHttpClient http, Request request) {
        OkHttpClient patient =
                http.newBuilder()
                        .readTimeout(Duration.ZERO)
                        .callTimeout(Duration.ZERO)
                        .addNetworkInterceptor(this::listen)
                        .build();
        this.source = EventSources.createFactory(patient).newEventSource(request, new Listener());
    }

    /// What came in, waiting for it at most that long; empty if nothing came.
    public List<Item> poll(Duration atMost) throws InterruptedException {
        List<Item> batch = new ArrayList<>();
        Item first = items.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
        if (first != null) {
            batch.add(first);
            items.drainTo(batch, BATCH);
        }
        return batch;
    }

    /// How long nothing was heard.
    public Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heardAt);
    }

    @Override
    public void close() {
        closed = true;
        source.cancel();
        items.clear();
    }

    private void put(Item item) {
        try {
            // a reader that has left takes nothing any more
            while (!closed && !items.offer(item, 1, TimeUnit.SECONDS)) {
                heardAt = System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Response listen(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        heardAt = System.nanoTime();
        return response.newBuilder().body(new Heard(response.body())).build();
    }

    private final class Heard extends ResponseBody {
        private final ResponseBody body;
        private final BufferedSource source;

        Heard(ResponseBody body) {
            this.body = body;
            this.source =
                    Okio.buffer(
                            new ForwardingSource(body.source()) {
                                @Override
                                public long read(Buffer sink, long byteCount) throws IOException {
                                    long read = super.read(sink, byteCount);
                                    heardAt = System.nanoTime();
                                    return read;
                                }
                            });
        }

        @Override
        public @Nullable MediaType contentType() {
            return body.contentType();
        }

        @Override
        public long contentLength() {
            return body.contentLength();
        }

        @Override
        public BufferedSource source() {
            return source;
        }
    }

    private final class Listener extends EventSourceListener {
        @Override
        public void onOpen(EventSource eventSource, Response response) {
            put(new Item.Opened());
        }

        @Override
        public void onEvent(
                EventSource eventSource, @Nullable String id, @Nullable String type, String data) {
            put(new Item.Event(id, type, data));
        }

        @Override
        public void onClosed(EventSource eventSource) {
            put(new Item.Ended(0, "The backend ended the live stream."));
        }

        @Override
        public void onFailure(
                EventSource eventSource, @Nullable Throwable failure, @Nullable Response response) {
            String reason =
                    failure == null || failure.getMessage() == null
                            ? "The live stream broke."
                            : failure.getMessage();
            put(new Item.Ended(response == null ? 0 : response.code(), reason));
        }
    }
}
