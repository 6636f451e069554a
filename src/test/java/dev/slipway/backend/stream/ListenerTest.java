package dev.slipway.backend.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ListenerTest {
    private final Listener listener = new Listener(Thread.currentThread());

    @Test
    void givesFramesInOrderAndNullWhenThereIsNone() throws InterruptedException {
        assertThat(listener.offer(new Frame(1, new byte[10]))).isTrue();
        assertThat(listener.offer(new Frame(2, new byte[10]))).isTrue();
        assertThat(listener.next(1)).extracting(Frame::seq).isEqualTo(1L);
        assertThat(listener.next(1)).extracting(Frame::seq).isEqualTo(2L);
        assertThat(listener.next(1)).isNull();
    }

    @Test
    void tooManyFramesDropTheClientAndFreeItsThread() {
        for (int i = 0; i < Listener.MAX_FRAMES; i++) {
            assertThat(listener.offer(new Frame(i, new byte[1]))).isTrue();
        }
        assertThat(listener.offer(new Frame(9, new byte[1]))).isFalse();
        assertThatThrownBy(() -> listener.next(1)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void tooManyBytesDropTheClient() {
        int half = (int) (Listener.MAX_BYTES / 2);
        assertThat(listener.offer(new Frame(1, new byte[half]))).isTrue();
        assertThat(listener.offer(new Frame(2, new byte[half]))).isTrue();
        assertThat(listener.offer(new Frame(3, new byte[1]))).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whatWasReadMakesRoom() throws InterruptedException {
        int half = (int) (Listener.MAX_BYTES / 2);
        for (int i = 0; i < 10; i++) {
            assertThat(listener.offer(new Frame(i, new byte[half]))).isTrue();
            assertThat(listener.next(1)).isNotNull();
        }
    }

    @Test
    void whoHasLeftIsNotInterrupted() {
        listener.leave();
        listener.drop();
        assertThat(Thread.interrupted()).isFalse();
    }
}
