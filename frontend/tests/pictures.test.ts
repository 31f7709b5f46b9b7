import { describe, expect, it } from "vitest";
import { pastedFiles, pictureNamed } from "@/composer/pictures";

const file = (name: string) => new File(["x"], name, { type: "image/png" });

function pasted(text: string, ...files: File[]): DataTransfer {
  return { files, getData: () => text } as unknown as DataTransfer;
}

describe("a picture put into the words", () => {
  it("has a name that can be read out where the browser gave it none", () => {
    expect(pictureNamed(file("image.png"), []).name).toBe("Picture 1.png");
    expect(pictureNamed(file("image.png"), ["Picture 1.png"]).name).toBe("Picture 2.png");
  });

  it("keeps the name that somebody gave it", () => {
    expect(pictureNamed(file("parcel.png"), []).name).toBe("parcel.png");
  });
});

describe("a paste", () => {
  it("is the picture where nothing else was copied", () => {
    expect(pastedFiles(pasted("", file("image.png")))).toHaveLength(1);
  });

  it("is the words where a program put a picture of them beside", () => {
    expect(pastedFiles(pasted("12\t13", file("image.png")))).toEqual([]);
  });

  it("is the files where the words are but their names", () => {
    expect(pastedFiles(pasted("a.pdf\nb.pdf", file("a.pdf"), file("b.pdf")))).toHaveLength(2);
  });
});
