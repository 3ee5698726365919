package dev.berth.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "berth.localhost", "127.0.0.1", "127.255.0.9", "[::1]", "::1"})
    void isThisMachine(String host) {
        assertThat(Loopback.is(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "berth.example.com",
                "localhost.example.com",
                "notlocalhost",
                "127.0.0.1.example.com",
                "127.1",
                "127.0.0.256",
                "10.0.0.1",
                "0.0.0.0",
                "[::]",
                "[::ffff:10.0.0.1]",
                ""
            })
    void isAnotherMachineOrMayBeOne(String host) {
        assertThat(Loopback.is(host)).isFalse();
    }
}
