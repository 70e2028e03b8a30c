package io.sluice.gateway.file;

/// What is known of a file before its bytes.
///
/// @param ownerId whose it will be
/// @param fileName checked
/// @param exactBytes its exact size, or -1 where it is not known
/// @param maxBytes an upper bound of its size
record NewFile(String ownerId, String fileName, long exactBytes, long maxBytes) {}
