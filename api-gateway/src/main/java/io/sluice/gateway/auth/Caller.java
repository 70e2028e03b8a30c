package io.sluice.gateway.auth;

/// Who is calling.
///
/// @param ownerId owns what this caller makes, and sees nothing else
/// @param admin whether the admin endpoints are open
/// @param credentialId names the credential without giving it away; for limits for each key
public record Caller(String ownerId, boolean admin, String credentialId) {}
