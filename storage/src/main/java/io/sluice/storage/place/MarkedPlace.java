package io.sluice.storage.place;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A place that holds bytes, and its mark. Nothing here judges: whose a place is, is found out elsewhere.
public interface MarkedPlace {

  /// Where it is.
  PlaceAddress address();

  /// The mark it carries now.
  ///
  /// @return empty if there is none, which the place itself says
  /// @throws MarkUnreadableException what is there is no mark
  /// @throws IOException the place cannot be asked
  Optional<Mark> readMark() throws IOException;

  /// Writes a mark over the one that is there. Durable on return. Makes no directories: one that is not
  /// there any more was a volume.
  void writeMark(Mark mark) throws IOException;

  /// Writes a mark where there is none: of two databases that claim a place at once, one comes too late. Durable
  /// on return. Makes no directories.
  ///
  /// @return false if there is one by now, which stays
  boolean writeFirstMark(Mark mark) throws IOException;

  /// Makes the directories that the place needs, where it is one. To be called when it is claimed and
  /// at no other time.
  void prepare() throws IOException;

  /// Some of the uploads that bytes found here belong to, by their names; none if nothing of the kind is
  /// here. A directory that is not there holds nothing.
  Set<UUID> someUploads() throws IOException;
}
