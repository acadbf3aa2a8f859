import { createServer, type Server } from "node:http";
import { describe, it } from "@std/testing/bdd";
import { assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import { type ByteSource, MediaError } from "@mediamem/interface";
import { openSource, rangeSource, type RangeSourceOptions, responseSource } from "@mediamem/core-ts/io";

const SIZE = 300_007;
const FILE = Uint8Array.from({ length: SIZE }, (_, i) => Math.imul(i, 2654435761) >>> 21);

/** How a server answers; undefined: as it should. */
interface Behaviour {
  readonly ranges?: boolean;
  readonly acceptRanges?: boolean;
  /** The most bytes in one answer. */
  readonly most?: number;
  readonly etag?: (request: number) => string;
  readonly headers?: (request: number) => Record<string, string>;
  readonly status?: (request: number) => number;
  /** Bytes that the body has more than it should, or fewer. */
  readonly more?: number;
  readonly total?: string;
}

/** A body that comes bit by bit. */
function bodyOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let sent = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller): void {
      if (sent >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(sent, sent + 1000));
      sent += 1000;
    },
  });
}

/** A server of one file; writes down what it is asked for. */
function server(behaviour: Behaviour = {}): Required<Pick<RangeSourceOptions, "fetch">> & {
  readonly asked: string[];
} {
  const { ranges = true, acceptRanges = false, most = Infinity, more = 0, total = String(SIZE) } = behaviour;
  const asked: string[] = [];
  return {
    asked,
    fetch: async (request) => {
      await Promise.resolve();
      request.signal.throwIfAborted();
      const range = request.headers.get("range");
      asked.push(`${range} ${request.headers.get("if-range") ?? ""}`.trim());
      const number = asked.length;
      const extra = behaviour.headers?.(number) ?? {};
      const etag = behaviour.etag?.(number);
      const status = behaviour.status?.(number);
      if (status !== undefined && status >= 300) {
        return new Response("no", { status, statusText: "No", headers: extra });
      }
      if (!ranges || status === 200) {
        const headers = {
          "content-length": String(SIZE),
          ...(acceptRanges ? { "accept-ranges": "bytes" } : {}),
        };
        return new Response(bodyOf(FILE), { headers: { ...headers, ...extra } });
      }
      const from = Number(/^bytes=(\d+)-$/.exec(range!)![1]);
      if (from >= SIZE) return new Response("", { status: 416 });
      const end = Math.min(SIZE, from + most);
      const body = new Uint8Array(end - from + more);
      body.set(FILE.subarray(from, from + Math.min(body.length, SIZE - from)));
      return new Response(bodyOf(body), {
        status: 206,
        headers: {
          "content-range": `bytes ${from}-${end - 1}/${total}`,
          ...(etag === undefined ? {} : { etag }),
          ...extra,
        },
      });
    },
  };
}

const URL_OF_FILE = "https://example.org/file.mp4";

/** Reads so many bytes at a position, however many calls it takes. */
async function readAt(source: ByteSource, position: number, length: number): Promise<Uint8Array> {
  const into = new Uint8Array(length);
  let done = 0;
  for (let count: number | null = 1; count !== 0 && done < length; done += count ?? 0) {
    count = await source.read(into.subarray(done), position + done);
  }
  return into.subarray(0, done);
}

describe("rangeSource()", () => {
  it("reads on with one request", async () => {
    const { fetch, asked } = server();
    await using io = openSource(await rangeSource(URL_OF_FILE, { fetch }));
    assertEquals([io.size(), io.seekable], [SIZE, true]);
    const into = new Uint8Array(SIZE + 10);
    assertEquals([await io.readAsync(into), into.subarray(0, SIZE)], [SIZE, FILE]);
    assertEquals([await io.readAsync(into), asked], [0, ["bytes=0-"]]);
  });

  it("asks again for what lies elsewhere", async () => {
    const { fetch, asked } = server();
    const source = await rangeSource(URL_OF_FILE, { fetch, window: 1000 });
    for (
      const [position, length] of [[0, 4], [SIZE - 5, 5], [200_000, 100], [150_000, 7], [0, SIZE]] as const
    ) {
      assertEquals(await readAt(source, position, length), FILE.subarray(position, position + length));
    }
    assertEquals(asked, ["bytes=0-", `bytes=${SIZE - 5}-`, "bytes=200000-", "bytes=150000-", "bytes=0-"]);
    await source.close!();
  });

  it("goes back in its window without asking", async () => {
    const { fetch, asked } = server();
    const source = await rangeSource(URL_OF_FILE, { fetch, window: SIZE });
    assertEquals(await readAt(source, 0, SIZE), FILE);
    assertEquals(await readAt(source, 5, 1000), FILE.subarray(5, 1005));
    assertEquals([await source.read(new Uint8Array(5), SIZE), source.read(new Uint8Array(0), 0)], [0, 0]);
    assertEquals(asked, ["bytes=0-"]);
    await source.close!();
  });

  it("goes on where a server gives less than was asked for", async () => {
    const { fetch, asked } = server({ most: 100_000 });
    const source = await rangeSource(URL_OF_FILE, { fetch });
    assertEquals(await readAt(source, 0, SIZE), FILE);
    assertEquals(asked, ["bytes=0-", "bytes=100000-", "bytes=200000-", "bytes=300000-"]);
    await source.close!();
  });

  it("reads to the end of what nobody knows the size of", async () => {
    const { fetch } = server({ total: "*", most: 200_000 });
    const source = await rangeSource(URL_OF_FILE, { fetch });
    assertEquals([source.size, source.seekable], [undefined, true]);
    assertEquals(await readAt(source, 0, SIZE + 10), FILE);
    assertEquals(await readAt(source, 7, 3), FILE.subarray(7, 10));
    await source.close!();
  });

  it("reads nothing of nothing", async () => {
    const fetch = (): Promise<Response> =>
      Promise.resolve(new Response("", { status: 416, headers: { "content-range": "bytes */0" } }));
    await using io = openSource(await rangeSource(URL_OF_FILE, { fetch }));
    assertEquals([io.size(), io.read(new Uint8Array(1))], [0, 0]);
  });

  it("believes no body that is longer than its range", async () => {
    const { fetch } = server({ most: 1000, more: 500 });
    const source = await rangeSource(URL_OF_FILE, { fetch });
    assertEquals(await readAt(source, 0, 5000), FILE.subarray(0, 5000));
    await source.close!();
    const { fetch: last } = server({ more: 500 });
    const other = await rangeSource(URL_OF_FILE, { fetch: last });
    assertEquals(await readAt(other, SIZE - 5, 500), FILE.subarray(SIZE - 5));
    await other.close!();
  });

  it("throws where a body is shorter than its range", async () => {
    const { fetch } = server({ more: -1000 });
    const source = await rangeSource(URL_OF_FILE, { fetch });
    const error = await assertRejects(() => readAt(source, 0, SIZE), MediaError, `ended at ${SIZE - 1000}`);
    assertEquals(error.code, "EIO");
    await source.close!();
  });

  it("reads once where the server gives no ranges", async () => {
    const { fetch, asked } = server({ ranges: false });
    await using io = openSource(await rangeSource(URL_OF_FILE, { fetch, window: 5000 }), {
      bufferSize: 1000,
    });
    assertEquals([io.size(), io.seekable], [SIZE, false]);
    await io.skipAsync(100_000);
    assertEquals([await io.seekAsync(97_000), await io.r8Async()], [97_000, FILE[97_000]]);
    assertEquals(asked.length, 1);
  });

  it("asks for ranges where the server sent all, but says that it gives them", async () => {
    const { fetch, asked } = server({ acceptRanges: true, status: (number) => number === 1 ? 200 : 206 });
    const source = await rangeSource(URL_OF_FILE, { fetch, window: 0 });
    assertEquals([source.size, source.seekable], [SIZE, true]);
    assertEquals(await readAt(source, 290_000, 50), FILE.subarray(290_000, 290_050));
    assertEquals(asked, ["bytes=0-", "bytes=290000-"]);
    await source.close!();
  });

  it("throws where a server says so and does not", async () => {
    const { fetch } = server({ acceptRanges: true, ranges: false });
    const source = await rangeSource(URL_OF_FILE, { fetch });
    const error = await assertRejects(() => readAt(source, 290_000, 50), MediaError, "answered 200");
    assertEquals([error.code, error.op], ["EIO", "rangeSource"]);
    // What came before can still be read.
    assertEquals(await readAt(source, 0, 50), FILE.subarray(0, 50));
    await source.close!();
  });

  it("asks for the version that it began with, and throws where the resource changed", async () => {
    const { fetch, asked } = server({ etag: () => '"a"' });
    const source = await rangeSource(URL_OF_FILE, { fetch });
    assertEquals(await readAt(source, 100_000, 5), FILE.subarray(100_000, 100_005));
    assertEquals(asked, ["bytes=0-", 'bytes=100000- "a"']);
    await source.close!();
    const weak = server({ etag: () => 'W/"a"' });
    await readAt(await rangeSource(URL_OF_FILE, weak), 100_000, 5);
    assertEquals(weak.asked[1], "bytes=100000-");
    const grew = server({
      headers: (number) => number === 1 ? {} : { "content-range": `bytes 100000-100004/${SIZE + 1}` },
    });
    const changed = await rangeSource(URL_OF_FILE, grew);
    await assertRejects(() => readAt(changed, 100_000, 5), MediaError, `${SIZE + 1} bytes in all`);
  });

  for (
    const [what, contentRange] of [
      ["begins elsewhere", "bytes 1-5/300007"],
      ["is missing", ""],
      ["is of another unit", "lines 0-5/300007"],
      ["ends before it begins", "bytes 0--1/300007"],
      ["ends behind the end", "bytes 0-300007/300007"],
      ["is too large to count", "bytes 0-9007199254740993/*"],
    ] as const
  ) {
    it(`refuses a range that ${what}`, async () => {
      const { fetch } = server({ headers: () => ({ "content-range": contentRange }) });
      const error = await assertRejects(
        () => rangeSource(URL_OF_FILE, { fetch }),
        MediaError,
        "Content-Range",
      );
      assertEquals(error.code, "EIO");
    });
  }

  it("throws for answers that are no success", async () => {
    for (
      const [status, code] of [[404, "ENOENT"], [410, "ENOENT"], [403, "EIO"], [500, "EIO"], [
        416,
        "EIO",
      ]] as const
    ) {
      const { fetch } = server({ status: () => status });
      const error = await assertRejects(
        () => rangeSource(URL_OF_FILE, { fetch }),
        MediaError,
        `${status} No`,
      );
      assertEquals(error.code, code);
    }
    const { fetch } = server({ status: (number) => number === 1 ? 206 : 404 });
    const source = await rangeSource(URL_OF_FILE, { fetch });
    assertEquals((await assertRejects(() => readAt(source, 100_000, 5), MediaError)).code, "ENOENT");
  });

  it("hands on what fetch rejects with", async () => {
    const what = new TypeError("no network");
    const fetch = (): Promise<Response> => Promise.reject(what);
    assertStrictEquals(await assertRejects(() => rangeSource(URL_OF_FILE, { fetch }), TypeError), what);
  });

  it("ends what is under way when it is closed", async () => {
    const signals: AbortSignal[] = [];
    const { fetch } = server();
    const source = await rangeSource(URL_OF_FILE, {
      fetch: (request) => {
        signals.push(request.signal);
        return signals.length === 1 ? fetch(request) : new Promise(() => {});
      },
    });
    const io = openSource(source);
    await io.r8Async();
    const waiting = (async () => {
      await io.seekAsync(200_000);
      await io.r8Async();
    })();
    await Promise.resolve();
    await io[Symbol.asyncDispose]();
    assertEquals((await assertRejects(() => waiting, MediaError)).code, "USE_AFTER_FREE");
    assertEquals(signals.map((signal) => signal.aborted), [true, true]);
    assertEquals(assertThrows(() => source.read(new Uint8Array(1), 0), MediaError).code, "USE_AFTER_FREE");
  });

  it("lets go of an answer when it asks for another one", async () => {
    const { fetch } = server();
    let cancelled = 0;
    const source = await rangeSource(URL_OF_FILE, {
      fetch: async (request) => {
        const { body, status, headers } = await fetch(request);
        const reader = body!.getReader();
        const watched = new ReadableStream<Uint8Array>({
          async pull(controller): Promise<void> {
            const { done, value } = await reader.read();
            if (done) controller.close();
            else controller.enqueue(value);
          },
          cancel: () => void cancelled++,
        });
        return new Response(watched, { status, headers });
      },
    });
    await readAt(source, 0, 5);
    await readAt(source, 200_000, 5);
    await Promise.resolve();
    assertEquals(cancelled, 1);
    await source.close!();
    assertEquals(cancelled, 2);
  });

  it("keeps the headers and the signal of a request", async () => {
    const { fetch } = server();
    const seen: (string | null)[] = [];
    const controller = new AbortController();
    const request = new Request(URL_OF_FILE, {
      headers: { cookie: "a=b", "x-key": "k" },
      signal: controller.signal,
    });
    const source = await rangeSource(request, {
      fetch: (sent) => {
        seen.push(sent.headers.get("x-key"));
        return fetch(sent);
      },
    });
    await readAt(source, 200_000, 5);
    assertEquals(seen, ["k", "k"]);
    controller.abort();
    await assertRejects(() => readAt(source, 100_000, 5));
    await source.close!();
  });

  it("checks what it is given", async () => {
    await assertRejects(() => rangeSource(new Request(URL_OF_FILE, { method: "POST" })), TypeError, "GET");
    await assertRejects(() => rangeSource("no url"), TypeError);
    await assertRejects(() => rangeSource(URL_OF_FILE, { fetch: 5 as never }), TypeError, "a function");
    await assertRejects(() => rangeSource(URL_OF_FILE, { window: -1 }), MediaError, "window");
  });
});

describe("rangeSource() over the network", () => {
  /** A server that answers ranges of the file, as node:http does it. */
  function listen(): Promise<[Server, string]> {
    const http = createServer((request, response) => {
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1]);
      const headers = { "content-range": `bytes ${from}-${SIZE - 1}/${SIZE}`, "content-length": SIZE - from };
      response.writeHead(206, headers).end(FILE.subarray(from));
    });
    return new Promise((resolve) =>
      http.listen(0, "127.0.0.1", () => {
        const address = http.address() as { readonly port: number };
        resolve([http, `http://127.0.0.1:${address.port}/`]);
      })
    );
  }

  it("reads with the runtime's fetch", async () => {
    const [http, url] = await listen();
    try {
      await using io = openSource(await rangeSource(url));
      assertEquals(await io.sizeAsync(), SIZE);
      await io.seekAsync(SIZE - 8);
      assertEquals(await io.rl64Async(), new DataView(FILE.buffer).getBigUint64(SIZE - 8, true));
      await io.seekAsync(0);
      const into = new Uint8Array(SIZE);
      assertEquals([await io.readAsync(into), into], [SIZE, FILE]);
    } finally {
      http.closeAllConnections();
      await new Promise((closed) => http.close(closed));
    }
  });
});

describe("responseSource()", () => {
  it("reads the body, and knows its size where it came as it is", async () => {
    const headers = { "content-length": "5" };
    await using io = openSource(responseSource(new Response("hallo", { headers })));
    assertEquals([io.size(), io.seekable, (await io.getStrAsync(9)).text], [5, false, "hallo"]);
    for (const other of [{}, { "content-encoding": "gzip" }, { "content-length": "many" }]) {
      const unknown = new Response("hallo", {
        headers: { ...("content-length" in other ? {} : headers), ...other },
      });
      if (!("content-encoding" in other)) unknown.headers.delete("content-length");
      assertEquals(responseSource(unknown).size, undefined);
    }
  });

  it("reads nothing where there is no body", async () => {
    await using io = openSource(responseSource(new Response(null)));
    assertEquals([await io.readAsync(new Uint8Array(5)), io.eofReached], [0, true]);
  });

  it("throws for what is no success, no response, or locked", () => {
    const error = assertThrows(() => responseSource(new Response("", { status: 404 })), MediaError, "404");
    assertEquals(error.code, "ENOENT");
    assertThrows(() => responseSource({} as Response), TypeError, "a Response");
    const response = new Response("hallo");
    responseSource(response);
    assertThrows(() => responseSource(response), TypeError);
  });
});
