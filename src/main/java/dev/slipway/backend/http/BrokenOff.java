package dev.slipway.backend.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/// HTTP/1.1 as Helidon has it, but a client that ends its side within a request's first line or
/// headers, and still listens, is told so. Helidon takes it for one that went away, as idle ones
/// do.
///
/// @param refusal what it is told, with an id of its own each time
record BrokenOff(Http1ConnectionSelector http, Supplier<Reply> refusal)
        implements ServerConnectionSelector {
    @Override
    public int bytesToIdentifyConnection() {
        return http.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return new Told(http.connection(context), context, refusal);
    }

    private record Told(ServerConnection http, ConnectionContext context, Supplier<Reply> refusal)
            implements ServerConnection, InterruptableTask<Void> {
        @Override
        public void handle(Limit limit) throws InterruptedException {
            try {
                http.handle(limit);
            } catch (CloseConnectionException e) {
                // of an idle connection nothing is left over
                if (e.getCause() instanceof InsufficientDataAvailableException
                        && context.dataReader().available() > 0) {
                    tell();
                }
                throw e;
            }
        }

        private void tell() {
            Reply reply = refusal.get();
            byte[] body = reply.body();
            String head =
                    "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: "
                            + reply.type()
                            + "\r\nContent-Length: "
                            + body.length
                            + "\r\n\r\n";
            try {
                context.dataWriter()
                        .writeNow(
                                BufferData.create(
                                        BufferData.create(head.getBytes(StandardCharsets.US_ASCII)),
                                        BufferData.create(body)));
            } catch (UncheckedIOException e) {
                throw new CloseConnectionException("the client is gone", e);
            }
        }

        @Override
        public boolean canInterrupt() {
            return http instanceof InterruptableTask<?> task && task.canInterrupt();
        }

        @Override
        public Duration idleTime() {
            return http.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            http.close(interrupt);
        }
    }
}
