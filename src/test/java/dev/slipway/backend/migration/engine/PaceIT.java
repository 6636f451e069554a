package dev.slipway.backend.migration.engine;

import static dev.slipway.backend.migration.engine.SmallRun.SHOP;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.migration.Chunk;
import dev.slipway.api.migration.Pace;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.StepProgress;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.backend.migration.throttle.Gate;
import dev.slipway.config.Database;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// What a run does when its pace is changed under way.
class PaceIT {
    private final Path folder;
    private final SmallRun small;

    PaceIT(@TempDir Path folder) {
        this.folder = folder;
        small = new SmallRun(folder);
    }

    @Test
    void aNewPaceHoldsFromTheNextChunkOn() throws Exception {
        small.fillSource();
        var pace = new AtomicReference<>(Pace.OF_PLAN);
        var asked = new AtomicInteger();
        var seen = new Seen();
        Control control =
                new Control() {
                    @Override
                    public Signal signal() {
                        if (asked.incrementAndGet() == 3) {
                            pace.set(new Pace(0, 10));
                        }
                        return Signal.GO;
                    }

                    @Override
                    public Pace pace() {
                        return pace.get();
                    }
                };

        Outcome outcome = small.run(small.plan(""), small.source(), Gate.OPEN, control, seen);

        assertThat(outcome.state()).isEqualTo(RunState.VALIDATED);
        List<Long> buyers =
                seen.chunks.stream()
                        .filter(chunk -> chunk.step().equals("buyers"))
                        .map(Chunk::read)
                        .toList();
        assertThat(buyers.subList(0, 2)).containsExactly(70L, 70L);
        assertThat(buyers.subList(2, buyers.size())).hasSize(46).allMatch(read -> read == 10);
        assertThat(seen.chunks.stream().filter(chunk -> chunk.step().equals("sales")))
                .as("ranges that are planned afresh")
                .allMatch(chunk -> chunk.read() <= 20);
        small.allIsThere();
    }

    /// Several hands that cut chunks at once number their rests differently.
    @Test
    void severalHandsThatCutChunksDoTheSame() throws Exception {
        small.fillSource();
        Database target = dev.slipway.testing.Postgres.fresh();
        MigrationPlan plan =
                PlanReader.read(
                        "small.yaml",
                        SmallShop.plan("postgresql").replace("chunk-rows: 50", "chunk-rows: 300"),
                        folder);
        var asked = new AtomicInteger();
        Control control =
                new Control() {
                    @Override
                    public Signal signal() {
                        return Signal.GO;
                    }

                    @Override
                    public Pace pace() {
                        return asked.incrementAndGet() > 12 ? new Pace(0, 7) : Pace.OF_PLAN;
                    }
                };
        try (var from = Sources.open(small.source());
                var to = Targets.open(target)) {
            Outcome outcome =
                    new Engine(
                                    plan,
                                    from,
                                    to,
                                    Converters.STANDARD,
                                    Listener.NONE,
                                    control,
                                    InstantSource.system(),
                                    new Worker("here"))
                            .hands(3)
                            .run("many");

            assertThat(outcome.reason()).isEmpty();
            StepProgress sales = outcome.steps().get(1);
            assertThat(sales.written()).isEqualTo(SHOP.written);
            assertThat(sales.chunksDone()).isGreaterThan(40);
        }
    }
}
