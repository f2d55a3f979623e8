// Runs samples one after the other in one Node, as `node sample.mjs` would: starting it for each takes longer than the
// sample. A line of standard input names the file and its environment; a line of standard output is what it printed.
import { createInterface } from "node:readline";

const print = console.log;
for await (const line of createInterface({ input: process.stdin })) {
    const { file, environment } = JSON.parse(line);
    Object.assign(process.env, environment);
    const printed = [];
    console.log = value => printed.push(String(value));
    try {
        await import(file);
    } catch (error) {
        printed.push(error.stack);
    }
    print(JSON.stringify(printed.join("\n")));
}
