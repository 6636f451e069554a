package dev.slipway.shop.cache;

import org.jspecify.annotations.Nullable;

import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.SetParams;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The keys of one shop in a Redis: its answers, their locks, and the generation that is current. A
/// generation is a random number: one that Redis lost is replaced by another, never by one that old
/// answers bear.
final class RedisShelf {
    private static final int LONGEST_QUESTION = 200;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String RELEASE =
            "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1])"
                    + " else return 0 end";

    private final String prefix;
    private final byte[] generationKey;
    private final Ages ages;

    RedisShelf(String prefix, Ages ages) {
        this.prefix = prefix;
        this.generationKey = ascii(prefix + "generation");
        this.ages = ages;
    }

    /// What stands there for a question.
    ///
    /// @param answer of the current generation
    /// @param age zero without an answer
    /// @param unreadable something stands there that is no answer
    /// @param locked someone works it out
    record Seen(
            long generation,
            Optional<byte[]> answer,
            Duration age,
            boolean unreadable,
            boolean locked) {}

    /// In one exchange.
    Seen look(RedisClient client, String question) {
        Response<byte[]> generation;
        Response<byte[]> bytes;
        Response<Long> left;
        Response<Boolean> locked;
        try (var pipeline = client.pipelined()) {
            generation = pipeline.get(generationKey);
            bytes = pipeline.get(answerKey(question));
            left = pipeline.pttl(answerKey(question));
            locked = pipeline.exists(lockKey(question));
            pipeline.sync();
        }
        byte @Nullable [] known = generation.get();
        long current = known == null ? firstGeneration(client) : number(known);
        byte @Nullable [] found = bytes.get();
        Optional<Entry> entry = found == null ? Optional.empty() : Entry.of(found);
        boolean unreadable = found != null && entry.isEmpty();
        Optional<Entry> valid =
                entry.filter(kept -> kept.generation() == current).filter(_ -> left.get() > 0);
        Duration age =
                valid.map(kept -> kept.total().minusMillis(left.get())).orElse(Duration.ZERO);
        return new Seen(current, valid.map(Entry::answer), age, unreadable, locked.get());
    }

    /// Another process may have been faster.
    private long firstGeneration(RedisClient client) {
        client.set(generationKey, ascii(random()), SetParams.setParams().nx());
        byte @Nullable [] now = client.get(generationKey);
        // gone again: nothing that stands there bears this one
        return now == null ? RANDOM.nextLong() : number(now);
    }

    /// All answers that stand there are worth nothing from here on: whoever looks next begins
    /// another generation. A Redis that is full takes nothing more, and can still drop.
    long dropGeneration(RedisClient client) {
        return client.del(generationKey);
    }

    String put(RedisClient client, String question, long generation, byte[] answer) {
        var entry = new Entry(generation, ages.total(), answer);
        return client.set(
                answerKey(question),
                entry.bytes(),
                SetParams.setParams().px(ages.total().toMillis()));
    }

    boolean lock(RedisClient client, String question, byte[] token, Duration atMost) {
        return client.set(
                        lockKey(question), token, SetParams.setParams().nx().px(atMost.toMillis()))
                != null;
    }

    /// Only its own lock.
    Object release(RedisClient client, String question, byte[] token) {
        return client.eval(ascii(RELEASE), List.of(lockKey(question)), List.of(token));
    }

    static byte[] token() {
        return ascii(random());
    }

    private static String random() {
        return Long.toString(RANDOM.nextLong());
    }

    private static long number(byte[] text) {
        try {
            return Long.parseLong(new String(text, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            // not ours: a number that no answer bears
            return RANDOM.nextLong();
        }
    }

    private byte[] answerKey(String question) {
        return key("a:", question);
    }

    private byte[] lockKey(String question) {
        return key("l:", question);
    }

    /// Askers choose parts of a question: a long one is named by its hash.
    private byte[] key(String kind, String question) {
        return (prefix
                        + kind
                        + (question.length() > LONGEST_QUESTION
                                ? "#" + Schema.hash(question)
                                : question))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
