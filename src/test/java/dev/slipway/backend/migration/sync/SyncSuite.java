package dev.slipway.backend.migration.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.backend.migration.engine.Stopped;
import dev.slipway.testing.Engines;
import dev.slipway.testing.Eventually;
import dev.slipway.testing.Kills;
import dev.slipway.testing.SlipwayProcess;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/// However a source changes during and after the copy, in the end the target holds what it must.
abstract class SyncSuite extends SyncWorld {
    SyncSuite(Engines source, Engines target) {
        super(source, target);
    }

    @Test
    void isEqualAtTheEndHoweverTheSourceChanges() throws Exception {
        try (var thread = Executors.newSingleThreadExecutor()) {
            var changing =
                    thread.submit(
                            () -> {
                                shop.change(CHANGES / 3);
                                return 0;
                            });
            copy(target);
            changing.get();
        }
        sync();
        assertEqualToAnUndisturbedMigration();
        for (int part = 0; part < 4; part++) {
            long rest = CHANGES - shop.made();
            shop.change((int) rest / (4 - part));
            sync();
        }
        assertEqualToAnUndisturbedMigration();
        System.out.println(getClass().getSimpleName() + ": " + shop.made() + " changes");
    }

    /// Each time it is killed while the source changes, after it has brought something over.
    @Test
    void killedAtRandomItGoesOnWhereItWas() throws Exception {
        int kills = Kills.number(3);
        var random = Kills.random(getClass());
        copy(target);
        Files.writeString(folder.resolve("plan.yaml"), ChangingShop.PLAN);
        int killed = 0;
        for (int i = 0; i < kills; i++) {
            long before = applied();
            try (var process = SlipwayProcess.start(command())) {
                shop.change(40 + random.nextInt(CHANGES / (kills + 1)));
                Eventually.eventually("something is brought over", () -> applied() > before);
                LockSupport.parkNanos(Duration.ofMillis(random.nextInt(1, 400)).toNanos());
                process.kill();
                killed++;
            }
        }
        sync();

        System.out.println("killed 'migrate sync' " + killed + " times");
        assertEqualToAnUndisturbedMigration();
    }

    private String[] command() {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "migrate",
                                "sync",
                                "--plan",
                                folder.resolve("plan.yaml").toString()));
        command.addAll(List.of("--source", source.url(), "--target", target.url()));
        if (!source.user().isEmpty()) {
            command.addAll(List.of("--source-user", source.user()));
        }
        if (!target.user().isEmpty()) {
            command.addAll(List.of("--target-user", target.user()));
        }
        return command.toArray(String[]::new);
    }

    @Test
    void aTargetRowChangedByOthersIsFound() throws Exception {
        copy(target);
        sync();
        // one range of each step is compared, the first one first
        execute(
                target,
                "UPDATE purchase SET price = price + 1 WHERE id = (SELECT min(id) FROM purchase)");

        assertThat(
                        new Sync(plan(), source, target, SyncListener.NONE, InstantSource.system())
                                .untilCurrent()
                                .run())
                .isFalse();
    }

    @Test
    void aRunThatIsSyncedIsNotCopiedOn() throws Exception {
        copy(target);
        sync();

        assertThatThrownBy(() -> copy(target))
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("the sync goes on with run");
    }

    @Test
    void emptiedAfterASyncItIsMigratedAndSyncedAnew() throws Exception {
        copy(target);
        shop.change(50);
        sync();
        for (String table : TABLES.reversed()) {
            execute(target, "DELETE FROM " + table);
        }

        copy(target);
        shop.change(50);
        sync();

        assertEqualToAnUndisturbedMigration();
    }

    @Test
    void aTargetWithoutARunIsRefused() {
        assertThatThrownBy(this::sync)
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("run 'migrate' first");
    }
}
