import process from "node:process";
import { run } from "./src/run.ts";
import { processTerminal } from "./src/terminal.ts";

process.exitCode = await run(process.argv.slice(2), processTerminal());
