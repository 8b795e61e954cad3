// SPDX-License-Identifier: Apache-2.0
package dev.divan.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Trees from JSON and back. Objects are {@link LinkedHashMap}s, arrays {@link ArrayList}s, integers
 * {@link Long} or, beyond 64 bits signed, {@link BigInteger}; a number with a fraction or an
 * exponent is a {@link Double}, and stays one: 2.0 is printed as 2.0.
 *
 * <p>Bytes are UTF-8. What is ill-formed, deeper than {@link #MAX_DEPTH} or names a key twice in
 * one object is refused with a {@link JsonException}.
 */
public final class Json {

  /**
   * How deep objects and arrays may be nested; bounds the stack of everything that walks a tree.
   */
  public static final int MAX_DEPTH = 100;

  /** The longest number, in characters: reading long ones costs the square of their length. */
  static final int MAX_NUMBER = 1000;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER)
                  // Callers bound the whole; a string is no longer than that.
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .streamWriteConstraints(
              StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private Json() {}

  public static @Nullable Object parse(byte[] json) {
    return parse(json, 0, json.length);
  }

  public static @Nullable Object parse(byte[] json, int offset, int length) {
    Utf8.check(json, offset, offset + length);
    try (JsonParser parser = FACTORY.createParser(json, offset, length)) {
      return whole(parser);
    } catch (IOException e) {
      throw wrong(e);
    }
  }

  public static @Nullable Object parse(String json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      return whole(parser);
    } catch (IOException e) {
      throw wrong(e);
    }
  }

  /** Parses what must be an object. */
  public static Map<String, @Nullable Object> parseObject(byte[] json) {
    return parseObject(json, 0, json.length);
  }

  /** Parses what must be an object. */
  public static Map<String, @Nullable Object> parseObject(byte[] json, int offset, int length) {
    if (parse(json, offset, length) instanceof Map<?, ?> map) {
      return object(map);
    }
    throw new JsonException("not a JSON object", 0);
  }

  /** Parses what must be an object. */
  public static Map<String, @Nullable Object> parseObject(String json) {
    if (parse(json) instanceof Map<?, ?> map) {
      return object(map);
    }
    throw new JsonException("not a JSON object", 0);
  }

  @SuppressWarnings("unchecked") // whole() makes no other maps
  private static Map<String, @Nullable Object> object(Map<?, ?> map) {
    return (Map<String, @Nullable Object>) map;
  }

  /**
   * Prints a tree of maps with string keys, iterables, strings, numbers, booleans and nulls.
   *
   * @throws JsonException for other values, NaN and the infinities, and trees that are too deep
   */
  public static byte[] print(@Nullable Object value) {
    return print(value, false);
  }

  public static String text(@Nullable Object value) {
    return new String(print(value), StandardCharsets.UTF_8);
  }

  /** The same JSON with the keys of each object sorted by their UTF-8 and without white space. */
  public static byte[] canonical(byte[] json) {
    return print(parse(json), true);
  }

  private static byte[] print(@Nullable Object value, boolean sorted) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator generator = FACTORY.createGenerator(bytes)) {
      write(generator, value, sorted);
    } catch (IOException e) {
      throw wrong(e);
    }
    return bytes.toByteArray();
  }

  private static @Nullable Object whole(JsonParser parser) throws IOException {
    if (parser.nextToken() == null) {
      throw new JsonException("no JSON value", 0);
    }
    Object value = value(parser);
    if (parser.nextToken() != null) {
      throw new JsonException("more after the JSON value", offset(parser));
    }
    return value;
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
          parser.nextToken();
          object.put(Utf8.check(key), value(parser));
        }
        yield object;
      }
      case START_ARRAY -> {
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(value(parser));
        }
        yield array;
      }
      case VALUE_STRING -> Utf8.check(parser.getText());
      case VALUE_NUMBER_INT -> {
        Number number = parser.getNumberValue();
        yield number instanceof BigInteger ? number : (Number) number.longValue();
      }
      case VALUE_NUMBER_FLOAT -> {
        double number = parser.getDoubleValue();
        if (Double.isInfinite(number)) {
          throw new JsonException("a number out of range", offset(parser));
        }
        yield number;
      }
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new JsonException("not a JSON value", offset(parser));
    };
  }

  private static void write(JsonGenerator generator, @Nullable Object value, boolean sorted)
      throws IOException {
    if (value == null) {
      generator.writeNull();
    } else if (value instanceof String text) {
      generator.writeString(Utf8.check(text));
    } else if (value instanceof Map<?, ?> map) {
      generator.writeStartObject();
      for (Map.Entry<?, ?> entry : sorted ? sorted(map).entrySet() : map.entrySet()) {
        if (!(entry.getKey() instanceof String key)) {
          throw new JsonException("a key that is not a string", -1);
        }
        generator.writeFieldName(Utf8.check(key));
        write(generator, entry.getValue(), sorted);
      }
      generator.writeEndObject();
    } else if (value instanceof Iterable<?> list) {
      generator.writeStartArray();
      for (Object item : list) {
        write(generator, item, sorted);
      }
      generator.writeEndArray();
    } else if (value instanceof Boolean truth) {
      generator.writeBoolean(truth);
    } else if (value instanceof Number number) {
      write(generator, number);
    } else {
      throw new JsonException("a value JSON cannot express: " + value.getClass().getName(), -1);
    }
  }

  private static void write(JsonGenerator generator, Number number) throws IOException {
    if (number instanceof Double || number instanceof Float) {
      if (!Double.isFinite(number.doubleValue())) {
        throw new JsonException("a number JSON cannot express", -1);
      }
      if (number instanceof Float) {
        generator.writeNumber(number.floatValue());
      } else {
        generator.writeNumber(number.doubleValue());
      }
    } else if (number instanceof BigInteger big) {
      generator.writeNumber(big);
    } else if (number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte) {
      generator.writeNumber(number.longValue());
    } else {
      throw new JsonException("a value JSON cannot express: " + number.getClass().getName(), -1);
    }
  }

  private static Map<Object, @Nullable Object> sorted(Map<?, ?> map) {
    Map<Object, @Nullable Object> sorted =
        new TreeMap<>((a, b) -> Utf8.compare((String) a, (String) b));
    sorted.putAll(map);
    return sorted;
  }

  private static long offset(JsonParser parser) {
    return parser.currentTokenLocation().getByteOffset();
  }

  private static JsonException wrong(IOException e) {
    if (e instanceof JsonProcessingException processing && processing.getLocation() != null) {
      // The library's own words quote the content; the reason may go to a peer or into a log.
      return new JsonException("malformed JSON", processing.getLocation().getByteOffset(), e);
    }
    return new JsonException("malformed JSON", -1, e);
  }
}
