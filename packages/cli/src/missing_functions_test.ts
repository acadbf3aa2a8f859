import { createCore } from "@mediamem/core-ts";
import { type Image, MediaError } from "@mediamem/interface";
import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertThrows } from "@std/assert";
import { missingFunctions } from "./missing_functions.ts";

const { image } = createCore();

function without(error: Error): Image {
  return {
    ...image,
    fillColor: () => {
      throw error;
    },
  };
}

describe("missingFunctions()", () => {
  it("finds nothing missing in a backend that has all", () => {
    assertEquals(missingFunctions(image), []);
  });

  it("names what an old library lacks, and what that costs", () => {
    const error = new MediaError(
      "ENOSYS",
      "Cannot call av_image_fill_color: found 57, wanted 58.33 or newer",
      {
        op: "av_image_fill_color",
      },
    );
    assertEquals(missingFunctions(without(error)), [
      "Without av_image_fill_color, fillColor throws ENOSYS: " +
      "Cannot call av_image_fill_color: found 57, wanted 58.33 or newer",
    ]);
  });

  it("does not take another failure for a missing function", () => {
    assertThrows(() => missingFunctions(without(new TypeError("broken"))), TypeError, "broken");
  });
});
