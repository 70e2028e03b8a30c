package io.sluice.bench.figure;

import io.sluice.bench.figure.Figure.Kind;
import io.sluice.bench.http.Body;
import io.sluice.bench.http.Request;
import io.sluice.bench.load.Client;
import io.sluice.bench.load.SampleFile;
import io.sluice.bench.server.NginxServer;
import io.sluice.bench.server.Server;
import io.sluice.bench.server.Servers;
import io.sluice.bench.server.SluiceServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// All figures by their names. Asking for one starts the servers it needs.
public final class Figures {

  private static final long CHUNK_BYTES = 8L << 20;
  private static final int RANGE_BYTES = 1 << 20;
  private static final int SMALL_BYTES = 1 << 10;
  private static final int SMALL_CLIENTS = 32;
  private static final int DOWNLOAD_CLIENTS = 4;
  private static final int RANGED_CLIENTS = 8;

  private final Servers servers;
  private final Set<Peer> peers;
  private final SampleFile sample;
  private final Profile profile;
  private final LongFigures others;
  private final Map<String, Make> all = new LinkedHashMap<>();

  /// Makes one.
  private interface Make {
    Figure make() throws IOException;
  }

  /// @param peers to compare with
  /// @param sample content of large files
  /// @param sizes of the long figures
  public Figures(
      Servers servers, Set<Peer> peers, SampleFile sample, Profile profile, Sizes sizes) {
    this.servers = servers;
    this.peers = peers;
    this.sample = sample;
    this.profile = profile;
    this.others = new LongFigures(servers, sample, sizes);
    all.put("upload", this::upload);
    all.put("download", () -> download("download", Pieces.whole(sample), DOWNLOAD_CLIENTS, 16));
    all.put(
        "download-ranged",
        () -> download("download-ranged", Pieces.of(sample, RANGE_BYTES), RANGED_CLIENTS, 4096));
    all.put("small-files", this::smallFiles);
    all.put("init", this::init);
    all.put("stored-latency", this::storedLatency);
    all.put("upload-s3", this::uploadToS3);
    all.put("small-files-s3", this::smallFilesToS3);
  }

  /// Their names in their order.
  public List<String> names() {
    return Stream.concat(usual().stream(), others.names().stream()).toList();
  }

  /// Those that take no more than some minutes together.
  public List<String> usual() {
    return List.copyOf(all.keySet());
  }

  /// What a name stands for.
  public List<Figure> get(String name) throws IOException {
    Make make = all.get(name);
    return make == null ? others.get(name) : List.of(make.make());
  }

  private SluiceSides sluiceSides(SluiceServer sluice) {
    return new SluiceSides(sluice, sample);
  }

  private UploadShape shape() {
    return new UploadShape(sample, profile.files(), profile.workers(), CHUNK_BYTES);
  }

  private Figure upload() throws IOException {
    List<Side> others = new ArrayList<>();
    if (peers.contains(Peer.NGINX)) {
      others.add(new NginxUpload(servers.nginx(), shape()));
    }
    if (peers.contains(Peer.TUS)) {
      others.add(new TusUpload(servers.tus(), shape()));
    }
    return new Figure(
        "upload",
        "MiB/s",
        Kind.RATE,
        new SluiceUpload(servers.sluice(), shape(), false),
        others,
        "acknowledged, with fsync: ≥ 1.0 × nginx, which does none");
  }

  private Figure uploadToS3() throws IOException {
    Side sluice = new SluiceUpload(servers.sluiceOnS3(), shape(), true);
    List<Side> others =
        peers.contains(Peer.S3) ? List.of(new S3Upload(servers.s3(), shape())) : List.of();
    return new Figure(
        "upload-s3", "MiB/s", Kind.RATE, sluice, others, "until stored: ≥ 0.85 × the SDK");
  }

  private Figure download(String name, Pieces pieces, int clients, long operations)
      throws IOException {
    SluiceServer sluice = servers.sluice();
    SluiceUploads uploads = new SluiceUploads(sluice);
    String id;
    try (Client client = Client.of(sluice.base())) {
      id = uploads.begin(client, sample.sizeBytes(), CHUNK_BYTES, false);
      for (int chunk = 0; chunk * CHUNK_BYTES < sample.sizeBytes(); chunk++) {
        client.ask(uploads.chunk(id, chunk, sample.piece(chunk, CHUNK_BYTES)), 202);
      }
      uploads.complete(client, id);
    }
    List<Side> others = new ArrayList<>();
    if (peers.contains(Peer.NGINX)) {
      NginxServer nginx = servers.nginx();
      nginx.offer(sample.path(), "sample");
      others.add(
          new Downloads(
              nginx,
              headers -> Request.of("GET", "/sample", List.of(headers)),
              pieces,
              clients,
              operations));
    }
    return new Figure(
        name,
        "MiB/s",
        Kind.RATE,
        new Downloads(
            sluice, headers -> uploads.download(id, headers), pieces, clients, operations),
        others,
        "≥ 0.8 × nginx");
  }

  private Figure smallFiles() throws IOException {
    Body.Region content = sample.piece(0, SMALL_BYTES);
    int crc32c = sample.crc32c(0, SMALL_BYTES);
    long files = 5000;
    List<Side> others = new ArrayList<>();
    if (peers.contains(Peer.NGINX)) {
      AtomicLong batch = new AtomicLong();
      Side puts =
          new SmallFiles(
              servers.nginx(), SMALL_CLIENTS, files, new SmallNginx(content, crc32c, batch));
      others.add(new Batches(puts, batch));
    }
    return new Figure(
        "small-files",
        "files/s",
        Kind.RATE,
        sluiceSides(servers.sluice()).smallFiles(files),
        others,
        "1 KiB, 32 clients: ≥ 1,500/s, p99 ≤ 60 ms");
  }

  private Figure smallFilesToS3() throws IOException {
    SluiceServer sluice = servers.sluiceOnS3();
    long files = 2000;
    List<Side> others =
        peers.contains(Peer.S3)
            ? List.of(
                new S3SmallFiles(servers.s3(), SMALL_CLIENTS, files, sample.bytes(0, SMALL_BYTES)))
            : List.of();
    return new Figure(
        "small-files-s3",
        "files/s",
        Kind.RATE,
        sluiceSides(sluice).smallFiles(files),
        others,
        "≥ 0.9 × PutObject");
  }

  private Figure init() throws IOException {
    return new Figure(
        "init", "inits/s", Kind.RATE, sluiceSides(servers.sluice()).init(), List.of(), "≥ 3,000/s");
  }

  private Figure storedLatency() throws IOException {
    return new Figure(
        "stored-latency",
        "ms",
        Kind.MEDIAN_MILLIS,
        sluiceSides(servers.sluice()).storedLatency(),
        List.of(),
        "acknowledged until stored, idle: p50 ≤ 15 ms, p99 ≤ 60 ms");
  }

  /// New names for each measurement.
  private record Batches(Side puts, AtomicLong batch) implements Side {

    @Override
    public Server server() {
      return puts.server();
    }

    @Override
    public Trial measure() throws IOException {
      batch.incrementAndGet();
      return puts.measure();
    }
  }
}
