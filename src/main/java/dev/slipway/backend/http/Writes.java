package dev.slipway.backend.http;

import dev.slipway.backend.http.AuditTrail.Act;
import dev.slipway.backend.http.Commands.Begun;
import dev.slipway.backend.http.Commands.Key;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.Callable;

/// Does each write once per key and remembers its answer. An [Effect] and the record of it are one
/// transaction.
final class Writes {
    private static final Logger LOG = System.getLogger(Writes.class.getName());

    private final StateStore store;
    private final Commands commands;
    private final Answers answers;

    Writes(StateStore store, Commands commands, Answers answers) {
        this.store = store;
        this.commands = commands;
        this.answers = answers;
    }

    /// @param fingerprint names the request with its body
    Reply once(Key key, String fingerprint, Exchange exchange, Route route) {
        return switch (commands.begin(key, route.action(), fingerprint)) {
            case Begun.Fresh _ -> first(key, exchange, route);
            case Begun.Answered answered -> answered.reply();
            case Begun.Running _ ->
                    throw Refused.conflict(
                            "The same write is being done at this moment; look it up by its key.");
            case Begun.Lost _ ->
                    throw Refused.conflict(
                            "The server stopped in the middle of this write. Look at what stands,"
                                    + " then send it with a new key if it is still wanted.");
            case Begun.OtherRequest _ ->
                    throw new Refused(
                            422,
                            "key-of-another-request",
                            "This Idempotency-Key was used for another request, or in another"
                                    + " session. Nothing was done; send a new key.",
                            List.of());
        };
    }

    private Reply first(Key key, Exchange exchange, Route route) {
        Reply reply;
        boolean certain = !route.outside();
        try {
            Object answer = route.handler().handle(exchange);
            if (answer instanceof Effect<?> effect) {
                return effect(key, exchange, route, effect);
            }
            if (certain) {
                throw new IllegalStateException(route.action() + " is a write without an effect");
            }
            reply = answers.of(answer).reply();
        } catch (Refused refused) {
            reply = answers.refused(refused).reply();
        } catch (Exception e) { // the request's boundary: whatever it was, the caller gets its id
            reply = answers.fault(route.action(), e).reply();
        }
        Reply recorded = reply;
        store.writing(handle -> record(handle, key, exchange, route, recorded, certain));
        return reply;
    }

    private <T> Reply effect(Key key, Exchange exchange, Route route, Effect<T> effect) {
        Reply reply =
                store.write(
                        handle -> {
                            Reply made = answers.of(effect.in(handle)).reply();
                            record(handle, key, exchange, route, made, true);
                            return made;
                        });
        return effect.afterwards().map(after -> later(key, route, after, reply)).orElse(reply);
    }

    /// What follows an effect can't undo it: if it fails, the answer is the one that was recorded.
    private Reply later(Key key, Route route, Callable<?> after, Reply recorded) {
        try {
            Reply reply = answers.of(after.call()).reply();
            store.writing(handle -> commands.answered(handle, key, reply));
            return reply;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) { // the effect stands and was recorded: nothing may undo its answer
            LOG.log(Level.ERROR, "what follows " + route.action(), e);
        }
        return recorded;
    }

    /// @param certain whether a reply that tells of a fault means that nothing was done
    private void record(
            Handle handle, Key key, Exchange exchange, Route route, Reply made, boolean certain) {
        Act act =
                new Act(
                        exchange.user(),
                        route.action(),
                        exchange.subject(),
                        exchange.reason(),
                        made.status());
        commands.finish(handle, key, act, made, certain);
    }
}
