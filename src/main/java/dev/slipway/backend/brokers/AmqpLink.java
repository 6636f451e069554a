package dev.slipway.backend.brokers;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;

import java.io.IOException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLContext;

/// Opens connections to a broker over AMQP 0-9-1.
final class AmqpLink {
    private static final int MILLIS = 10_000;
    private static final int USUAL_PORT = 5672;

    private AmqpLink() {}

    /// @throws IOException if it can't be reached or refuses
    static Connection open(BrokerSettings settings, Management management, String vhost)
            throws IOException, InterruptedException {
        URI amqp = settings.amqp();
        var factory = new ConnectionFactory();
        if (amqp == null) {
            factory.setHost(settings.url().getHost());
            factory.setPort(port(management));
        } else {
            factory.setHost(amqp.getHost());
            boolean tls = "amqps".equals(amqp.getScheme());
            if (tls) {
                encrypt(factory);
            }
            factory.setPort(
                    amqp.getPort() > 0
                            ? amqp.getPort()
                            : tls
                                    ? ConnectionFactory.DEFAULT_AMQP_OVER_SSL_PORT
                                    : ConnectionFactory.DEFAULT_AMQP_PORT);
        }
        factory.setVirtualHost(vhost);
        factory.setUsername(settings.user());
        factory.setPassword(settings.password());
        factory.setConnectionTimeout(MILLIS);
        factory.setHandshakeTimeout(MILLIS);
        factory.setChannelRpcTimeout(2 * MILLIS);
        // a connection that broke took its unconfirmed messages with it: the job begins anew
        factory.setAutomaticRecoveryEnabled(false);
        try {
            return factory.newConnection("slipway");
        } catch (TimeoutException e) {
            throw new IOException("no answer over AMQP in time", e);
        }
    }

    private static void encrypt(ConnectionFactory factory) throws IOException {
        try {
            // the JDK's own trust, unlike the client's default, which trusts everyone
            factory.useSslProtocol(SSLContext.getDefault());
            factory.enableHostnameVerification();
        } catch (NoSuchAlgorithmException e) {
            throw new IOException("no TLS", e);
        }
    }

    /// The port that the broker says it listens on.
    private static int port(Management management) throws IOException, InterruptedException {
        try {
            return port(management.get("/api/overview"));
        } catch (BrokerRefused | Unreadable e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    static int port(JsonNode overview) {
        for (JsonNode listener : overview.path("listeners")) {
            Integer port = Lenient.whole(listener.path("port"));
            if (Lenient.text(listener.path("protocol")).equals("amqp")
                    && port != null
                    && port > 0
                    && port <= 65_535) {
                return port;
            }
        }
        return USUAL_PORT;
    }
}
