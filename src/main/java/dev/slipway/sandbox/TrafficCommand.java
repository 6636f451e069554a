package dev.slipway.sandbox;

import dev.slipway.config.Configuration;
import dev.slipway.sandbox.edge.EdgeServer;
import dev.slipway.sandbox.visitors.Crowd;
import dev.slipway.shop.ProcessOptions;
import dev.slipway.shop.ShopSettings;
import dev.slipway.shop.http.Bearer;
import dev.slipway.shop.http.Life;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/// `slipway sandbox traffic`: the edge, and the visitors who come through it.
@Command(
        name = "traffic",
        description = "Serves the edge and sends visitors through it.",
        mixinStandardHelpOptions = true)
public final class TrafficCommand implements Callable<Integer> {
    @Mixin private ProcessOptions options = new ProcessOptions();

    @Override
    public Integer call() throws InterruptedException {
        var life = new Life();
        if (options.withParent()) {
            life.endWith(System.in);
        }
        Configuration configuration = options.configuration();
        SandboxSettings sandbox = SandboxSettings.read(configuration);
        ShopSettings shop = ShopSettings.read(configuration);
        String token = Bearer.token(shop.tokenFile());
        var settings =
                new EdgeServer.Settings(
                        sandbox.edgePort(),
                        sandbox.edgeTokenFile(),
                        sandbox.edgeState(),
                        shop.legacy(),
                        shop.url(),
                        token);
        var crowd = new CompletableFuture<Crowd>();
        var edge = EdgeServer.start(settings, Clock.systemUTC(), Crowd.routes(crowd::join));
        crowd.complete(
                new Crowd(
                        sandbox.seed(),
                        sandbox.size(),
                        sandbox.perSecond(),
                        URI.create(edge.url()),
                        List.of(
                                new Crowd.Pool(shop.legacy(), Optional.empty()),
                                new Crowd.Pool(shop.url(), Optional.of(token)))));
        crowd.join().start();
        life.serve(
                System.out,
                "ready " + edge.url(),
                () -> {
                    crowd.join().close();
                    edge.close();
                });
        return 0;
    }
}
