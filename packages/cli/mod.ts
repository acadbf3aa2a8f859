/**
 * The `mediamem` command as a function: what the program does with its arguments.
 *
 * @module
 */
export { EXIT_CODE, type ExitCode } from "./src/exit_code.ts";
export { run } from "./src/run.ts";
export { type Colours, type Output, processTerminal, type Terminal } from "./src/terminal.ts";
export { type RecordingTerminal, recordingTerminal } from "./src/recording_terminal.ts";
