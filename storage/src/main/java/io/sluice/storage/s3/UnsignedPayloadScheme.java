package io.sluice.storage.s3;

import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;

/// Signature version 4 that leaves the payload out over plain HTTP, as the SDK does over HTTPS anyway.
///
/// Over plain HTTP the SDK insists on hashing every payload with SHA-256, at half a second of CPU for
/// each GiB, which guards against somebody on the wire who changes bytes. That is what HTTPS is for;
/// plain HTTP is for a store on the same machine or network. Damage by accident is found by the CRC32C,
/// a header that is signed. The rest of the signature is unchanged.
final class UnsignedPayloadScheme implements AwsV4AuthScheme {

  @Override
  public String schemeId() {
    return SCHEME_ID;
  }

  @Override
  public IdentityProvider<AwsCredentialsIdentity> identityProvider(IdentityProviders providers) {
    return providers.identityProvider(AwsCredentialsIdentity.class);
  }

  @Override
  public AwsV4HttpSigner signer() {
    return new Signer();
  }

  /// The SDK's own signer, told that every request goes over HTTPS.
  private static final class Signer implements AwsV4HttpSigner {
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

    @Override
    public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
      SignedRequest signed = signer.sign(overHttps(request));
      String protocol = request.request().protocol();
      return signed.toBuilder()
          .request(signed.request().toBuilder().protocol(protocol).build())
          .build();
    }

    private static <T extends AwsCredentialsIdentity> SignRequest<T> overHttps(
        SignRequest<T> request) {
      return request.toBuilder()
          .request(request.request().toBuilder().protocol("https").build())
          .build();
    }

    @Override
    public CompletableFuture<AsyncSignedRequest> signAsync(
        AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
      return signer.signAsync(request);
    }
  }
}
