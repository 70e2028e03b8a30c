package io.sluice.gateway.auth;

/// Which credentials are taken.
enum AuthMode {
  /// `X-API-Key`.
  API_KEY,
  /// `Authorization: Bearer`.
  JWT,
  /// Either, the token preferred.
  HYBRID
}
