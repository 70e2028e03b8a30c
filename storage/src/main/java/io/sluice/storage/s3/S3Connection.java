package io.sluice.storage.s3;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// A client for one S3 service, to be shared by all that use it.
///
/// Retries, back-off and pausing belong to the callers, who know which failure costs what; a client that
/// retries on its own hides throttling from them. The one thing that is tried again here, once, is a
/// request on a connection that the other side had closed meanwhile.
public final class S3Connection implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(3);

  /// Longest silence of the other side. Completing a large multipart upload may take minutes, but AWS
  /// sends spaces meanwhile to keep the connection alive.
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private static final Duration ACQUIRE = Duration.ofSeconds(10);

  /// Below the 20 s after which AWS closes idle connections.
  private static final Duration IDLE = Duration.ofSeconds(15);

  private final S3Endpoint endpoint;
  private final S3Client client;
  private final S3Presigner presigner;

  private S3Connection(S3Endpoint endpoint, S3Client client, S3Presigner presigner) {
    this.endpoint = endpoint;
    this.client = client;
    this.presigner = presigner;
  }

  /// Makes a client. Nothing is sent yet.
  public static S3Connection open(S3Endpoint endpoint) {
    S3Configuration service =
        S3Configuration.builder()
            .pathStyleAccessEnabled(endpoint.pathStyle())
            .expectContinueEnabled(false)
            .build();
    S3Client client = client(endpoint, service);
    S3Presigner.Builder presigner =
        S3Presigner.builder()
            .region(Region.of(endpoint.region()))
            .credentialsProvider(credentials(endpoint))
            .serviceConfiguration(service);
    endpoint.uri().ifPresent(presigner::endpointOverride);
    return new S3Connection(endpoint, client, presigner.build());
  }

  private static S3Client client(S3Endpoint endpoint, S3Configuration service) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(endpoint.region()))
            .credentialsProvider(credentials(endpoint))
            .serviceConfiguration(service)
            .putAuthScheme(new UnsignedPayloadScheme())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .overrideConfiguration(
                ClientOverrideConfiguration.builder().retryStrategy(onceMore()).build())
            .httpClientBuilder(
                Apache5HttpClient.builder()
                    .maxConnections(endpoint.maxConnections())
                    .connectionTimeout(CONNECT)
                    .connectionAcquisitionTimeout(ACQUIRE)
                    .socketTimeout(SILENCE)
                    .connectionMaxIdleTime(IDLE)
                    .expectContinueEnabled(false) // a round trip for each request
                    .tcpKeepAlive(true));
    endpoint.uri().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  private static AwsCredentialsProvider credentials(S3Endpoint endpoint) {
    return endpoint
        .credentials()
        .<AwsCredentialsProvider>map(known ->
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(known.accessKey(), known.secretKey())))
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  private static RetryStrategy onceMore() {
    return StandardRetryStrategy.builder()
        .useClientDefaults(false)
        .circuitBreakerEnabled(false)
        .maxAttempts(2)
        .retryOnException(S3Connection::connectionWasStale)
        .backoffStrategy(BackoffStrategy.retryImmediately())
        .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
        .build();
  }

  private static boolean connectionWasStale(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof NoHttpResponseException
          || (cause instanceof SocketException && !(cause instanceof java.net.ConnectException))) {
        return true;
      }
      if (cause instanceof SocketTimeoutException) {
        return false;
      }
    }
    return false;
  }

  S3Endpoint endpoint() {
    return endpoint;
  }

  public S3Client client() {
    return client;
  }

  S3Presigner presigner() {
    return presigner;
  }

  S3Endpoint.Checksums checksums() {
    return endpoint.checksums();
  }

  @Override
  public void close() {
    client.close();
    presigner.close();
  }
}
