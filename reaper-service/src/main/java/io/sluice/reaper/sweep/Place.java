package io.sluice.reaper.sweep;

/// Where bytes without an owner can lie; the words of `orphan_sightings.place`.
enum Place {
  STAGING,
  MULTIPART,
  OBJECT
}
