package dev.slipway.shop;

import dev.slipway.shop.http.Life;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.time.Clock;
import java.util.concurrent.Callable;

/// `slipway shop`: the new shop.
@Command(name = "shop", description = "Serves the new shop's API.", mixinStandardHelpOptions = true)
public final class ShopCommand implements Callable<Integer> {
    @Mixin private ProcessOptions options = new ProcessOptions();

    @Override
    public Integer call() throws InterruptedException {
        var life = new Life();
        if (options.withParent()) {
            life.endWith(System.in);
        }
        var server =
                ShopServer.start(ShopSettings.read(options.configuration()), Clock.systemUTC());
        life.serve(System.out, "ready " + server.url(), server);
        return 0;
    }
}
