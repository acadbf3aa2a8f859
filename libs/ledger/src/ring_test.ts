import { describe, it } from "@std/testing/bdd";
import { assertEquals } from "@std/assert";
import { Link } from "./ring.ts";

class Named extends Link {
  constructor(readonly name: string) {
    super();
  }
}

function names(head: Named): string {
  let text = "";
  for (let link = head.next; link !== head; link = link.next) text += link.name;
  return text;
}

describe("Link", () => {
  it("is a ring of one at first", () => {
    const head = new Named("");
    assertEquals([head.single, head.next === head], [true, true]);
  });

  it("keeps the order of the appends and lets go from anywhere", () => {
    const head = new Named("");
    const links = [..."abcde"].map((name) => new Named(name));
    for (const link of links) head.append(link);
    assertEquals(names(head), "abcde");
    links[2]!.remove();
    links[0]!.remove();
    links[4]!.remove();
    assertEquals(names(head), "bd");
    assertEquals([links[2]!.single, links[1]!.single], [true, false]);
    head.append(links[2]!);
    assertEquals(names(head), "bdc");
  });

  it("does nothing for one that is in no ring", () => {
    const link = new Named("a");
    link.remove();
    assertEquals(link.single, true);
  });
});
