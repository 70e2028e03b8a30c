package io.sluice.gateway.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeRequestTest {

  private static final long SIZE = 1000;

  @ParameterizedTest
  @CsvSource({
    "bytes=0-499, 0, 499",
    "bytes=500-, 500, 999",
    "bytes=-200, 800, 999",
    "bytes=-5000, 0, 999",
    "bytes=900-5000, 900, 999",
    "bytes=999-999, 999, 999",
    "BYTES=0-0, 0, 0",
    "bytes= 1-2 , 1, 2",
    "'bytes=,1-2,', 1, 2",
    "bytes=0-99999999999999999999999, 0, 999",
  })
  void oneRangeIsClippedToTheFile(String header, long first, long last) {
    assertThat(RangeRequest.of(header, SIZE))
        .isEqualTo(new RangeRequest.Parts(List.of(new ByteRange(first, last))));
  }

  @Test
  void severalRangesKeepTheirOrderAndDropThoseOutside() {
    assertThat(RangeRequest.of("bytes=10-19,5000-,0-4,-1", SIZE))
        .isEqualTo(
            new RangeRequest.Parts(
                List.of(new ByteRange(10, 19), new ByteRange(0, 4), new ByteRange(999, 999))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=1000-", "bytes=1000-2000", "bytes=-0", "bytes=99999999999999999999-"})
  void aRangeOutsideTheFileIsUnsatisfiable(String header) {
    assertThat(RangeRequest.of(header, SIZE)).isEqualTo(new RangeRequest.Unsatisfiable());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=",
        "bytes=,",
        "bytes=-",
        "bytes=a-b",
        "bytes=5-2",
        "bytes=1",
        "bytes=--1",
        "bytes=+1-2",
        "bytes=1-2,x",
        "items=0-1",
        "bytes",
        "",
        "bytes=0x1-2",
        "bytes=1 -2"
      })
  void aMalformedRangeIsIgnored(String header) {
    assertThat(RangeRequest.of(header, SIZE)).isEqualTo(new RangeRequest.Whole());
  }

  @Test
  void noHeaderIsTheWholeFile() {
    assertThat(RangeRequest.of(null, SIZE)).isEqualTo(new RangeRequest.Whole());
  }

  @Test
  void moreThanSixteenRangesGetTheWholeFile() {
    assertThat(RangeRequest.of(ranges(16), SIZE)).isInstanceOf(RangeRequest.Parts.class);
    assertThat(RangeRequest.of(ranges(17), SIZE)).isEqualTo(new RangeRequest.Whole());
  }

  @Test
  void rangesThatAddUpToMoreThanTheFileGetTheWholeFile() {
    assertThat(RangeRequest.of("bytes=0-,0-", SIZE)).isEqualTo(new RangeRequest.Whole());
  }

  @Test
  void anEmptyFileSatisfiesNoRange() {
    assertThat(RangeRequest.of("bytes=0-", 0)).isEqualTo(new RangeRequest.Unsatisfiable());
    assertThat(RangeRequest.of("bytes=-5", 0)).isEqualTo(new RangeRequest.Unsatisfiable());
  }

  private static String ranges(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> i * 2 + "-" + i * 2)
        .collect(Collectors.joining(",", "bytes=", ""));
  }
}
