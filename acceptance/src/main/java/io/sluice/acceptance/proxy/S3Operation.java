package io.sluice.acceptance.proxy;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// What a request asks of S3.
public enum S3Operation {
  PUT_OBJECT,
  UPLOAD_PART,
  UPLOAD_PART_COPY,
  CREATE_MULTIPART_UPLOAD,
  COMPLETE_MULTIPART_UPLOAD,
  ABORT_MULTIPART_UPLOAD,
  GET_OBJECT,
  HEAD_OBJECT,
  DELETE_OBJECT,
  DELETE_OBJECTS,
  LIST_PARTS,
  LIST_MULTIPART_UPLOADS,
  LIST_OBJECTS,
  OTHER;

  /// Tells which it is.
  ///
  /// @param target of the request line, path-style: `/bucket/key?query`
  /// @param copies whether it names a source to copy from
  static S3Operation of(String method, String target, boolean copies) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    Set<String> query = names(mark < 0 ? "" : target.substring(mark + 1));
    boolean hasKey = path.indexOf('/', 1) > 0 && !path.endsWith("/");
    return switch (method) {
      case "PUT" -> put(query, hasKey, copies);
      case "POST" -> post(query);
      case "GET" -> get(query, hasKey);
      case "HEAD" -> hasKey ? HEAD_OBJECT : OTHER;
      case "DELETE" -> query.contains("uploadId") ? ABORT_MULTIPART_UPLOAD : DELETE_OBJECT;
      default -> OTHER;
    };
  }

  private static S3Operation put(Set<String> query, boolean hasKey, boolean copies) {
    if (query.contains("partNumber")) {
      return copies ? UPLOAD_PART_COPY : UPLOAD_PART;
    }
    return hasKey ? PUT_OBJECT : OTHER;
  }

  private static S3Operation post(Set<String> query) {
    if (query.contains("uploads")) {
      return CREATE_MULTIPART_UPLOAD;
    }
    if (query.contains("uploadId")) {
      return COMPLETE_MULTIPART_UPLOAD;
    }
    return query.contains("delete") ? DELETE_OBJECTS : OTHER;
  }

  private static S3Operation get(Set<String> query, boolean hasKey) {
    if (query.contains("uploadId")) {
      return LIST_PARTS;
    }
    if (query.contains("uploads")) {
      return LIST_MULTIPART_UPLOADS;
    }
    return hasKey ? GET_OBJECT : LIST_OBJECTS;
  }

  private static Set<String> names(String query) {
    return Arrays.stream(query.split("&", -1))
        .map(pair -> pair.split("=", 2)[0])
        .collect(Collectors.toSet());
  }
}
