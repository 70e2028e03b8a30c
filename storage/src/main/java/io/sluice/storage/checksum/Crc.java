package io.sluice.storage.checksum;

/// The two cyclic redundancy checks that are taken of every byte, and how the checks of two
/// consecutive runs make the check of both together without their bytes.
///
/// A CRC is the remainder of the message, read as a polynomial over GF(2), divided by a fixed
/// polynomial. Appending `n` bytes multiplies the remainder so far by x⁸ⁿ, so
/// `crc(AB) = crc(A)·x⁸ⁿ + crc(B)`; the conditioning with all ones before and after cancels out. Powers
/// of x come from a table of x²ᵏ, so that the cost is a few dozen multiplications whatever the length.
/// Coefficients are stored mirrored, as the wire form of both checks has it: the top bit is x⁰.
public final class Crc {
  /// Castagnoli, RFC 3720 appendix B.4: what S3 calls CRC32C.
  public static final Crc CRC32C = new Crc(0x82F63B78);

  /// IEEE 802.3: what zip, gzip and S3 call CRC32.
  public static final Crc CRC32 = new Crc(0xEDB88320);

  private static final int ONE = 1 << 31;
  private static final int X = 1 << 30;

  /// Enough squares for a length of any `long` in bits.
  private static final int SQUARES = 64 + 3;

  private final int polynomial;
  private final int[] squaredPowers = new int[SQUARES];

  private Crc(int polynomial) {
    this.polynomial = polynomial;
    squaredPowers[0] = X;
    for (int k = 1; k < SQUARES; k++) {
      squaredPowers[k] = multiply(squaredPowers[k - 1], squaredPowers[k - 1]);
    }
  }

  /// The check of two runs of bytes, one after the other.
  ///
  /// @param first check of the first run
  /// @param second check of the second run
  /// @param secondSizeBytes length of the second run
  public int combine(int first, int second, long secondSizeBytes) {
    if (secondSizeBytes < 0) {
      throw new IllegalArgumentException("size " + secondSizeBytes);
    }
    return multiply(first, powerOfX(secondSizeBytes)) ^ second;
  }

  /// x to the power of 8 × `bytes`, reduced.
  private int powerOfX(long bytes) {
    int power = ONE;
    int square = 3; // one byte is x⁸ = x^(2³)
    for (long rest = bytes; rest != 0; rest >>>= 1, square++) {
      if ((rest & 1) != 0) {
        power = multiply(power, squaredPowers[square]);
      }
    }
    return power;
  }

  private int multiply(int left, int right) {
    int product = 0;
    int shifted = right;
    for (int rest = left; rest != 0; rest <<= 1) {
      if (rest < 0) {
        product ^= shifted;
      }
      shifted = (shifted & 1) == 0 ? shifted >>> 1 : (shifted >>> 1) ^ polynomial;
    }
    return product;
  }
}
