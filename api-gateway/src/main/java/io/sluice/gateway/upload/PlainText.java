package io.sluice.gateway.upload;

/// Text that can be kept and given back as it is.
final class PlainText {

  private PlainText() {}

  /// Whether PostgreSQL can hold it: no NUL, no half of a surrogate pair.
  static boolean isStorable(String text) {
    return text.indexOf('\0') < 0 && text.codePoints().noneMatch(PlainText::isSurrogate);
  }

  /// Whether it can also be shown on one line.
  static boolean isPrintable(String text) {
    return isStorable(text) && text.codePoints().noneMatch(Character::isISOControl);
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
