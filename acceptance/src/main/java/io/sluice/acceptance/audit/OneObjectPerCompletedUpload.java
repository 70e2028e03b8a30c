package io.sluice.acceptance.audit;

import io.sluice.acceptance.digest.Digest;
import io.sluice.acceptance.facts.StoredObject;
import io.sluice.acceptance.facts.UploadFact;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Every COMPLETED upload has exactly one object in the store, whole, and with nothing added.
final class OneObjectPerCompletedUpload implements Invariant {

  @Override
  public String name() {
    return "one-object-per-completed-upload";
  }

  @Override
  public String sentence() {
    return "Every COMPLETED upload has exactly one object in the store, whole, and with nothing added.";
  }

  @Override
  public void check(World world, Findings findings) throws IOException {
    Map<String, List<StoredObject>> objects =
        world.objects().list().stream().collect(Collectors.groupingBy(StoredObject::objectKey));
    List<UploadFact> completed = world.completed().toList();
    for (UploadFact upload : completed) {
      findings.looked();
      List<StoredObject> own = objects.getOrDefault(upload.objectKey(), List.of());
      if (own.size() != 1) {
        findings.violated(upload.id(), "has %d objects", own.size());
      } else if (!own.getFirst().piecesBytes().equals(expectedPieces(world, upload))) {
        findings.violated(upload.id(), "object is %s, row %s", own.getFirst(), upload);
      } else {
        checkBytes(world, upload, findings);
      }
    }
  }

  private static SortedMap<Integer, Long> expectedPieces(World world, UploadFact upload) {
    SortedMap<Integer, Long> pieces = new TreeMap<>();
    int chunks = upload.totalChunks() == null ? 0 : upload.totalChunks();
    if (world.objects().keepsChunksApart() && chunks > 1) {
      for (int index = 0; index < chunks; index++) {
        pieces.put(index, upload.chunkLengthBytes(index));
      }
    } else {
      pieces.put(0, upload.fileSizeBytes() == null ? -1L : upload.fileSizeBytes());
    }
    return pieces;
  }

  private static void checkBytes(World world, UploadFact upload, Findings findings)
      throws IOException {
    Optional<Digest> expected = world.promises().expected(upload);
    Optional<InputStream> bytes = world.objects().open(upload);
    if (expected.isEmpty() || bytes.isEmpty()) {
      return;
    }
    Digest actual = Digest.of(bytes.get());
    if (!actual.equals(expected.get())) {
      findings.violated(upload.id(), "object holds %s, expected %s", actual, expected.get());
    }
  }
}
