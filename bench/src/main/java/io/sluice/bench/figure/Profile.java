package io.sluice.bench.figure;

/// How many large files are sent at once, and by how many clients each.
public enum Profile {
  FAST(2, 2),
  BALANCED(3, 4),
  MAX_THROUGHPUT(4, 6);

  private final int files;
  private final int workers;

  Profile(int files, int workers) {
    this.files = files;
    this.workers = workers;
  }

  /// Files at once.
  public int files() {
    return files;
  }

  /// Clients of each.
  public int workers() {
    return workers;
  }
}
