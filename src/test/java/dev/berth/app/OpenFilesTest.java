package dev.berth.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How many files this process may open. */
class OpenFilesTest {
    @Test
    void takesTheSoftLimit() {
        var limits = """
                Limit                     Soft Limit           Hard Limit           Units
                Max processes             95555                95555                processes
                Max open files            20000                40000                files
                """;
        assertThat(OpenFiles.max(limits)).hasValue(20_000);
    }

    @Test
    void thereMayBeNoLimit() {
        assertThat(OpenFiles.max("Max open files            unlimited            unlimited            files"))
                .isEmpty();
        assertThat(OpenFiles.max("")).isEmpty();
    }

    @Test
    void fewConnectionsAreAlwaysPossible() {
        assertThat(OpenFiles.connections(1)).isOne();
    }
}
