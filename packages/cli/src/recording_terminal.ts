import picocolors from "picocolors";
import type { Output, Terminal } from "./terminal.ts";

/** A terminal that keeps what is written to it. */
export interface RecordingTerminal extends Terminal {
  /** What was written to `out`. */
  outText(): string;
  /** What was written to `err`. */
  errText(): string;
}

function recorder(): { output: Output; text: () => string } {
  let text = "";
  const output: Output = {
    write: (part) => {
      text += part;
    },
    interactive: false,
    columns: Infinity,
    unicode: false,
    colours: picocolors.createColors(false),
  };
  return { output, text: () => text };
}

/** Makes a terminal for tests and for programs that want the output of a command as a text: no colour, no folding. */
export function recordingTerminal(): RecordingTerminal {
  const [out, err] = [recorder(), recorder()];
  return { out: out.output, err: err.output, outText: out.text, errText: err.text };
}
