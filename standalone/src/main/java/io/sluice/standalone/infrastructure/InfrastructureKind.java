package io.sluice.standalone.infrastructure;

/// Which servers, and where.
///
/// @param s3 whether an S3 server is part of it
/// @param kafkaApart whether Kafka is a process of its own
public record InfrastructureKind(boolean s3, boolean kafkaApart) {}
