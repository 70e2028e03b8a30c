package io.sluice.standalone.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmbeddedPropertiesTest {

  @AfterEach
  void forgetCredentials() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @Test
  void aValueIsWaitedForOnlyByWhoAsksForIt() throws InterruptedException {
    CompletableFuture<String> database = new CompletableFuture<>();
    EmbeddedProperties properties =
        EmbeddedProperties.of(
            Map.of(
                "DATABASE_URL",
                database,
                "REDIS_URL",
                CompletableFuture.completedFuture("redis://r")));
    assertThat(properties.getProperty("sluice.redis.url")).isEqualTo("redis://r");
    assertThat(properties.getProperty("something.else")).isNull();

    AtomicReference<Object> answer = new AtomicReference<>("nothing yet");
    Thread asking =
        Thread.ofVirtual()
            .start(
                () -> answer.set(String.valueOf(properties.getProperty("spring.datasource.url"))));
    assertThat(answer).hasValue("nothing yet");
    database.complete("jdbc:postgresql://p");
    asking.join();

    assertThat(answer).hasValue("jdbc:postgresql://p");
  }

  @Test
  void whoeverHasTheEndpointFindsTheCredentials() {
    EmbeddedProperties properties =
        EmbeddedProperties.of(
            Map.of(
                "AWS_ENDPOINT_URL", CompletableFuture.completedFuture("http://s3"),
                "AWS_ACCESS_KEY_ID", CompletableFuture.completedFuture("ann"),
                "AWS_SECRET_ACCESS_KEY", CompletableFuture.completedFuture("secret")));

    assertThat(properties.getPropertyNames()).containsExactly("sluice.s3.endpoint");
    assertThat(properties.getProperty("sluice.s3.endpoint")).isEqualTo("http://s3");

    assertThat(System.getProperty("aws.accessKeyId")).isEqualTo("ann");
    assertThat(System.getProperty("aws.secretAccessKey")).isEqualTo("secret");
  }
}
