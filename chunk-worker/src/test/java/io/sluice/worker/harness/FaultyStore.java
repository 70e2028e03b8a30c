package io.sluice.worker.harness;

import io.sluice.model.chunk.PartLimits;
import io.sluice.storage.object.ObjectEntry;
import io.sluice.storage.object.ObjectRef;
import io.sluice.storage.object.ObjectStore;
import io.sluice.storage.object.OpenMultipart;
import io.sluice.storage.object.StagedPart;
import io.sluice.storage.object.StoredObject;
import io.sluice.storage.object.StoredPart;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A real store that can be told to fail: before an operation, or after its effect.
public final class FaultyStore implements ObjectStore {

  /// What the worker asks of a store.
  public enum Op {
    BEGIN,
    STORE_PART,
    STORE_WHOLE,
    COMPLETE,
    HEAD,
    READ,
    DELETE,
    PROBE,
    LOST_PARTS
  }

  /// Something that happens in place of an answer, or between a request and its answer.
  @FunctionalInterface
  public interface Fault {
    void strike() throws IOException;
  }

  private final ObjectStore real;
  private final Map<Op, Fault> before = new ConcurrentHashMap<>();
  private final Map<Op, Fault> after = new ConcurrentHashMap<>();
  private final Map<Op, AtomicInteger> calls = new ConcurrentHashMap<>();
  private volatile @Nullable StoredObject pretendedHead;
  private volatile ProbeFault probeFault = size -> {};

  public FaultyStore(ObjectStore real) {
    this.real = real;
  }

  public void before(Op op, Fault fault) {
    before.put(op, fault);
  }

  public void after(Op op, Fault fault) {
    after.put(op, fault);
  }

  /// Every operation fails as a store that is away.
  public void goAway(Fault fault) {
    for (Op op : Op.values()) {
      before.put(op, fault);
    }
  }

  /// Something that happens to probes, by their size.
  @FunctionalInterface
  public interface ProbeFault {
    void strike(long sizeBytes) throws IOException;
  }

  public void beforeProbe(ProbeFault fault) {
    probeFault = fault;
  }

  public void heal() {
    probeFault = size -> {};
    before.clear();
    after.clear();
    pretendedHead = null;
  }

  /// Lies about what it has.
  public void pretendToHave(StoredObject object) {
    pretendedHead = object;
  }

  public int calls(Op op) {
    return calls.getOrDefault(op, new AtomicInteger()).get();
  }

  public void forgetCalls() {
    calls.clear();
  }

  private interface Call<T> {
    T run() throws IOException;
  }

  private <T> T through(Op op, Call<T> call) throws IOException {
    calls.computeIfAbsent(op, key -> new AtomicInteger()).incrementAndGet();
    Fault first = before.get(op);
    if (first != null) {
      first.strike();
    }
    T answer = call.run();
    Fault last = after.get(op);
    if (last != null) {
      last.strike();
    }
    return answer;
  }

  @Override
  public PartLimits partLimits() {
    return real.partLimits();
  }

  @Override
  public boolean usesMultipart() {
    return real.usesMultipart();
  }

  @Override
  public String begin(ObjectRef object) throws IOException {
    return through(Op.BEGIN, () -> real.begin(object));
  }

  @Override
  public StoredPart storePart(ObjectRef object, Optional<String> multipartId, StagedPart part)
      throws IOException {
    return through(Op.STORE_PART, () -> real.storePart(object, multipartId, part));
  }

  @Override
  public StoredObject storeWhole(ObjectRef object, StagedPart part) throws IOException {
    return through(Op.STORE_WHOLE, () -> real.storeWhole(object, part));
  }

  @Override
  public void complete(ObjectRef object, String multipartId, List<StoredPart> parts)
      throws IOException {
    through(
        Op.COMPLETE,
        () -> {
          real.complete(object, multipartId, parts);
          return object;
        });
  }

  @Override
  public Optional<StoredObject> head(ObjectRef object) throws IOException {
    StoredObject pretended = pretendedHead;
    return through(Op.HEAD, () -> pretended == null ? real.head(object) : Optional.of(pretended));
  }

  @Override
  public ReadableByteChannel read(ObjectRef object, long offset, long lengthBytes)
      throws IOException {
    return through(Op.READ, () -> real.read(object, offset, lengthBytes));
  }

  @Override
  public Optional<List<Path>> files(ObjectRef object) {
    return real.files(object);
  }

  @Override
  public void delete(ObjectRef object) throws IOException {
    through(
        Op.DELETE,
        () -> {
          real.delete(object);
          return object;
        });
  }

  @Override
  public void forEachOpenMultipart(Consumer<OpenMultipart> visitor) throws IOException {
    real.forEachOpenMultipart(visitor);
  }

  @Override
  public void abort(OpenMultipart multipart) throws IOException {
    real.abort(multipart);
  }

  @Override
  public void forEachObject(Consumer<ObjectEntry> visitor) throws IOException {
    real.forEachObject(visitor);
  }

  @Override
  public void deleteUnowned(String objectKey) throws IOException {
    real.deleteUnowned(objectKey);
  }

  @Override
  public Optional<URI> presign(
      ObjectRef object, Duration validity, String contentDisposition, String contentType)
      throws IOException {
    return real.presign(object, validity, contentDisposition, contentType);
  }

  @Override
  public void probe(long sizeBytes) throws IOException {
    through(
        Op.PROBE,
        () -> {
          probeFault.strike(sizeBytes);
          real.probe(sizeBytes);
          return real;
        });
  }

  @Override
  public List<StoredPart> lostParts(
      ObjectRef object, Optional<String> multipartId, List<StoredPart> parts) throws IOException {
    return through(Op.LOST_PARTS, () -> real.lostParts(object, multipartId, parts));
  }
}
