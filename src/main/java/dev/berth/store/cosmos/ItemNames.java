package dev.berth.store.cosmos;

/**
 * Partitions and ids as items have them: letters, digits and {@code -} as they are, everything else as a lead and digits behind it.
 *
 * <p>Ids of items may not hold {@code / \ ? #}, have at most 1,023 bytes, and travel in addresses; and servers, client and JDK do not agree
 * on the order of characters beyond ASCII. Here all of them agree: what comes out are characters that no address has to escape (and
 * {@code !}), and it is ordered as the code points of what went in. For that, each lead stands where its characters stand between letters and
 * digits: {@code !} for those before {@code -}, {@code .} for those before the digits, {@code :} for those before {@code A}, {@code _}
 * for those before {@code a}, {@code ~} for all others. The longest name becomes 1,020 characters.
 */
final class ItemNames {
    /** In the order of ASCII, so that numbers of one length are ordered as their digits are. */
    private static final String DIGITS = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

    private static final int BITS = 6;
    private static final int BASE = 1 << BITS;
    private static final char WIDE = '~';
    private static final int WIDE_DIGITS = 3;

    /** The digit that no number below {@link Character#MIN_SUPPLEMENTARY_CODE_POINT} begins with. */
    private static final int SUPPLEMENTARY = Character.MIN_SUPPLEMENTARY_CODE_POINT >> (2 * BITS);

    private static final int SUPPLEMENTARY_DIGITS = 4;

    private ItemNames() {}

    static String of(String name) {
        var item = new StringBuilder(name.length() + 8);
        name.codePoints().forEach(character -> append(item, character));
        return item.toString();
    }

    /** The inverse of {@link #of}. */
    static String read(String item) {
        var name = new StringBuilder(item.length());
        for (var at = 0; at < item.length(); ) {
            at = read(item, at, name);
        }
        return name.toString();
    }

    private static void append(StringBuilder item, int character) {
        if (isPlain(character)) {
            item.append((char) character);
        } else if (character < '{') {
            var lead = lead(character);
            item.append(lead).append(DIGITS.charAt(character - first(lead)));
        } else if (character < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
            append(item.append(WIDE), character, WIDE_DIGITS);
        } else {
            append(item.append(WIDE).append(DIGITS.charAt(SUPPLEMENTARY)), character, SUPPLEMENTARY_DIGITS);
        }
    }

    private static void append(StringBuilder item, int number, int digits) {
        for (var place = digits - 1; place >= 0; place--) {
            item.append(DIGITS.charAt((number >> (place * BITS)) % BASE));
        }
    }

    private static int read(String item, int at, StringBuilder name) {
        var sign = item.charAt(at);
        if (isPlain(sign)) {
            name.append(sign);
            return at + 1;
        }
        if (sign != WIDE) {
            name.append((char) (first(sign) + digit(item, at + 1)));
            return at + 2;
        }
        var supplementary = digit(item, at + 1) == SUPPLEMENTARY;
        var from = supplementary ? at + 2 : at + 1;
        var end = from + (supplementary ? SUPPLEMENTARY_DIGITS : WIDE_DIGITS);
        name.appendCodePoint(number(item, from, end));
        return end;
    }

    private static int number(String item, int from, int end) {
        var number = 0;
        for (var at = from; at < end; at++) {
            number = number * BASE + digit(item, at);
        }
        return number;
    }

    private static int digit(String item, int at) {
        return DIGITS.indexOf(item.charAt(at));
    }

    private static boolean isPlain(int character) {
        return (character >= '0' && character <= '9')
                || (character >= 'A' && character <= 'Z')
                || (character >= 'a' && character <= 'z')
                || character == '-';
    }

    private static char lead(int character) {
        if (character < '-') {
            return '!';
        }
        if (character < '0') {
            return '.';
        }
        return character < 'A' ? ':' : '_';
    }

    /** The first of the characters that are written with this lead. */
    private static char first(char lead) {
        return switch (lead) {
            case '!' -> ' ';
            case '.' -> '.';
            case ':' -> ':';
            case '_' -> '[';
            default -> throw new IllegalArgumentException("no name of an item has " + lead);
        };
    }
}
