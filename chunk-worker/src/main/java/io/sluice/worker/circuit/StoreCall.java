package io.sluice.worker.circuit;

import java.io.IOException;

/// Something asked of the object store.
///
/// @param <T> what it answers
@FunctionalInterface
public interface StoreCall<T> {

  T run() throws IOException;
}
