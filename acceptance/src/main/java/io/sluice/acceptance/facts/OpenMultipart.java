package io.sluice.acceptance.facts;

/// A multipart upload that the store holds open.
///
/// @param ageSeconds since it was begun
public record OpenMultipart(String objectKey, String multipartId, long ageSeconds) {}
