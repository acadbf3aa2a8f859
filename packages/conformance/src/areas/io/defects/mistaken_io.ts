import type { Backend, DynBuf, Io, IoContext, IoOptions } from "@mediamem/interface";
import type { Defect } from "../../../model.ts";
import { ioOf } from "../io_of.ts";

/** Members of a context that answer wrong. `inner` is the right context. */
export type Mistakes = (inner: IoContext, options: IoOptions) => Partial<DynBuf>;

/** What a mistake changes: the callbacks that a context is made with, the context, or the area. */
export interface Mistake {
  /** Wrong callbacks in the place of the right ones. */
  readonly callbacks?: (options: IoOptions) => Partial<IoOptions>;
  /** Wrong members of contexts. */
  readonly members?: Mistakes;
}

/** A context whose members are those of `wrong` where it has them, and else those of `inner`. */
function mistaken(inner: IoContext, wrong: Partial<DynBuf>): DynBuf {
  const ownerOf = (name: string | symbol): object => Object.hasOwn(wrong, name) ? wrong : inner;
  return new Proxy(inner as DynBuf, {
    get(_target, name): unknown {
      const owner = ownerOf(name);
      const value = Reflect.get(owner, name, owner);
      return typeof value === "function" ? value.bind(owner) : value;
    },
    set: (_target, name, value) => Reflect.set(ownerOf(name), name, value, ownerOf(name)),
  });
}

/** Makes a defect of the area: every context of the backend has the mistake. */
export function defect(id: string, description: string, { callbacks, members }: Mistake): Defect {
  return {
    id: `io/${id}`,
    description,
    wrap(backend: Backend): Backend {
      const right = ioOf(backend);
      const io: Io = {
        allocContext(options) {
          const changed = callbacks === undefined ? options : { ...options, ...callbacks(options) };
          const inner = right.allocContext(changed);
          return members === undefined ? inner : mistaken(inner, members(inner, options));
        },
        openDynBuf(maxPacketSize) {
          const inner = right.openDynBuf(maxPacketSize);
          return members === undefined ? inner : mistaken(inner, members(inner, {}));
        },
      };
      // The wrapped backend is its maker's to close.
      return { ...backend, io, [Symbol.dispose]: () => {} };
    },
  };
}
