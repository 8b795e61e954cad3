// SPDX-License-Identifier: Apache-2.0
package dev.divan.store.files;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The folder of a space. File systems fold case, treat some names as devices and drop trailing
 * dots, so the folder is the name in small letters and, where that does not say it all, {@code ~}
 * and the positions of its capitals as a hexadecimal number. At most 251 characters.
 */
public final class FolderName {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.%-]{1,200}");
  private static final Pattern FOLDER =
      Pattern.compile("([a-z0-9_.%-]{1,200})(?:~([0-9a-f]{1,50}))?");
  private static final Pattern RESERVED =
      Pattern.compile("\\..*|.*\\.|(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");

  private FolderName() {}

  /** Whether a space may have that name: 1 to 200 of {@code a-z A-Z 0-9 _ - . %}. */
  public static boolean isValid(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * The folder of a space.
   *
   * @param name a valid one
   */
  public static String of(String name) {
    String small = name.toLowerCase(Locale.ROOT);
    BigInteger capitals = BigInteger.ZERO;
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) != small.charAt(i)) {
        capitals = capitals.setBit(i);
      }
    }
    boolean plain = capitals.signum() == 0 && !RESERVED.matcher(small).matches();
    return plain ? small : small + "~" + capitals.toString(16);
  }

  /** The name of the space a folder is for; empty if it is not of our making. */
  public static Optional<String> spaceOf(String folder) {
    var matcher = FOLDER.matcher(folder);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    StringBuilder name = new StringBuilder(matcher.group(1));
    if (matcher.group(2) != null) {
      BigInteger capitals = new BigInteger(matcher.group(2), 16);
      for (int i = 0; i < name.length(); i++) {
        if (capitals.testBit(i)) {
          name.setCharAt(i, Character.toUpperCase(name.charAt(i)));
        }
      }
    }
    return of(name.toString()).equals(folder) ? Optional.of(name.toString()) : Optional.empty();
  }
}
