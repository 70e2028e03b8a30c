package io.sluice.acceptance.audit;

import io.sluice.acceptance.facts.ObjectDirectory;
import io.sluice.acceptance.facts.ObjectStore;
import io.sluice.acceptance.facts.OpenMultipart;
import io.sluice.acceptance.facts.StoredObject;
import io.sluice.acceptance.facts.UploadFact;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// A directory that also says it holds multipart uploads open.
record StoreWithMultiparts(ObjectDirectory directory, List<OpenMultipart> openMultiparts)
    implements ObjectStore {

  @Override
  public List<StoredObject> list() throws IOException {
    return directory.list();
  }

  @Override
  public boolean holds(String key) {
    return directory.holds(key);
  }

  @Override
  public boolean keepsChunksApart() {
    return directory.keepsChunksApart();
  }

  @Override
  public Optional<InputStream> open(UploadFact upload) throws IOException {
    return directory.open(upload);
  }

  @Override
  public Optional<InputStream> openChunk(UploadFact upload, int chunkIndex) throws IOException {
    return directory.openChunk(upload, chunkIndex);
  }

  @Override
  public boolean holdsOpenPart(UploadFact upload, int chunkIndex) {
    return false;
  }
}
