package io.sluice.gateway.download;

/// A run of bytes of a file.
///
/// @param first offset of the first byte
/// @param last offset of the last byte, inclusive, as HTTP counts
record ByteRange(long first, long last) {

  ByteRange {
    if (first < 0 || last < first) {
      throw new IllegalArgumentException(first + "-" + last);
    }
  }

  long lengthBytes() {
    return last - first + 1;
  }

  /// The value of `Content-Range`, RFC 9110 section 14.4.
  String contentRange(long fileSizeBytes) {
    return "bytes " + first + "-" + last + "/" + fileSizeBytes;
  }
}
