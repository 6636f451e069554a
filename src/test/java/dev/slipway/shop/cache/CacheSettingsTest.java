package dev.slipway.shop.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.config.BadFile;
import dev.slipway.config.Configuration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

class CacheSettingsTest {
    @TempDir Path folder;

    private CacheSettings read(String cache) throws IOException {
        Path file = Files.writeString(folder.resolve("slipway.yaml"), "shop: " + cache + "\n");
        Configuration configuration = Configuration.read(file, Map.of("SECRET", "s3"));
        var settings =
                CacheSettings.read(configuration, configuration.section("shop").section("cache"));
        configuration.check();
        return settings;
    }

    @Test
    void withoutOneItIsInTheProcess() throws IOException {
        assertThat(read("{port: 1}").redis()).isEmpty();
        assertThat(read("{cache: {max-megabytes: 8}}").maxBytes()).isEqualTo(8L << 20);
    }

    @Test
    void aPasswordIsNeverShown() throws IOException {
        var redis =
                read("{cache: {url: 'rediss://c:6380/2', password-env: SECRET}}")
                        .redis()
                        .orElseThrow();
        assertThat(redis.password()).isEqualTo("s3");
        assertThat(redis.toString()).doesNotContain("s3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    {cache: {url: 'http://x'}}                        | 'url' must be like redis
                    {cache: {url: 'redis://u:p@x'}}                   | without a password
                    {cache: {url: 'redis://x', patience-millis: 0}}   | 'patience-millis' must be 1
                    {cache: {fresh-seconds: 0}}                       | 'fresh-seconds' must be 1
                    {cache: {urll: x}}                                | unknown key
                    """)
    void whatIsWrongIsNamed(String shop, String problem) {
        assertThatThrownBy(() -> read(shop))
                .isInstanceOf(BadFile.class)
                .hasMessageContaining(problem);
    }
}
