package io.sluice.gateway.content;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/// What a file's first bytes must have for one rule of Tika's to be true of them: part of the rule, never
/// more than it asks.
///
/// Such a rule is an element `match`, which names a value and an offset, or two offsets between which it
/// is looked for. Of the value the first eight bytes are taken, letters in either case, numbers in either order
/// of their bytes.
sealed interface Signature {

  /// Offsets at which it may be.
  int from();

  int to();

  /// Some bytes, of each of which only the bits of a mask count.
  ///
  /// @param value of up to eight bytes, the first in the highest place
  /// @param mask likewise
  record Bytes(int from, int to, int length, long value, long mask) implements Signature {

    boolean at(byte[] head, int offset) {
      if (head.length - offset < length) {
        return false;
      }
      for (int i = 0; i < length; i++) {
        if (!matches(i, head[offset + i])) {
          return false;
        }
      }
      return true;
    }

    boolean canBeginWith(byte first) {
      return matches(0, first);
    }

    private boolean matches(int place, byte found) {
      int shift = 56 - 8 * place;
      return ((found ^ (value >> shift)) & (mask >> shift) & 0xFF) == 0;
    }
  }

  /// A regular expression over bytes as characters.
  record Expression(int from, int to, Pattern pattern) implements Signature {

    boolean in(String head) {
      if (from > head.length()) {
        return false;
      }
      Matcher matcher = pattern.matcher(head).region(from, head.length());
      return from == to ? matcher.lookingAt() : matcher.find() && matcher.start() <= to;
    }
  }

  /// Of a `match` that has a value: one of these must be there.
  static List<Signature> of(Element match) {
    String[] offsets = match.getAttribute("offset").split(":", 2);
    int from = offsets[0].isEmpty() ? 0 : Integer.parseInt(offsets[0]);
    int to = offsets.length == 1 ? from : Integer.parseInt(offsets[1]);
    String value = match.getAttribute("value");
    return switch (match.getAttribute("type")) {
      case "regex" -> List.of(new Expression(from, to, expression(value)));
      case "host16", "big16", "little16" -> ofNumber(from, to, value, 2);
      case "host32", "big32", "little32" -> ofNumber(from, to, value, 4);
      case "unicodeLE" -> List.of(bytes(from, to, decode(value, true), ""));
      default -> List.of(bytes(from, to, decode(value, false), match.getAttribute("mask")));
    };
  }

  private static Pattern expression(String value) {
    return Pattern.compile(new String(decode(value, false), StandardCharsets.ISO_8859_1));
  }

  private static List<Signature> ofNumber(int from, int to, String value, int length) {
    long number =
        value.startsWith("0x") ? Long.parseLong(value.substring(2), 16) : Long.parseLong(value, 8);
    byte[] big = new byte[length];
    byte[] little = new byte[length];
    for (int i = 0; i < length; i++) {
      little[i] = (byte) (number >> (8 * i));
      big[length - 1 - i] = little[i];
    }
    return List.of(bytes(from, to, big, ""), bytes(from, to, little, ""));
  }

  private static Bytes bytes(int from, int to, byte[] whole, String maskText) {
    byte[] masks = maskText.isEmpty() ? new byte[0] : decode(maskText, false);
    int length = Math.min(whole.length, Long.BYTES);
    long value = 0;
    long mask = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      byte b = i < length ? whole[i] : 0;
      int counts = i < masks.length ? masks[i] : 0xFF;
      int either = Character.isLetter(b) ? 0xDF : 0xFF;
      value = value << 8 | (b & 0xFF);
      mask = mask << 8 | (counts & either & 0xFF);
    }
    return new Bytes(from, to, length, value, mask);
  }

  /// Tika's notations: hexadecimal after `0x`, or text in which a backslash begins `\xHH`, an octal number,
  /// or a character such as `\n`.
  private static byte[] decode(String text, boolean wide) {
    if (text.startsWith("0x")) {
      return HexFormat.of()
          .parseHex(text, 2, text.length() & ~1); // an odd last digit counts for nothing
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c == '\\' && i < text.length()) {
        char escaped = text.charAt(i++);
        switch (escaped) {
          case 'x' -> {
            bytes.write(Integer.parseInt(text, i, i + 2, 16));
            i += 2;
          }
          case 'r' -> bytes.write('\r');
          case 'n' -> bytes.write('\n');
          case '0', '1', '2', '3', '4', '5', '6', '7' -> {
            int begin = i - 1;
            while (i < text.length() && i < begin + 3 && Character.digit(text.charAt(i), 8) >= 0) {
              i++;
            }
            bytes.write(Integer.parseInt(text, begin, i, 8));
          }
          case '\\' -> bytes.write('\\');
          default -> {
            // A slip of Tika's, to be made alike: an octal number without digits.
            bytes.write(0);
            i--;
          }
        }
      } else {
        bytes.write(c);
      }
      if (wide) {
        bytes.write(0);
      }
    }
    return bytes.toByteArray();
  }
}
