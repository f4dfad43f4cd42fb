// Runs the cases in WebAssembly: node run.mjs path/to/cases.wasm
import { readFile } from 'node:fs/promises';

const file = process.argv[2];
if (!file) {
  console.error('usage: node run.mjs path/to/cases.wasm');
  process.exit(2);
}
const { instance } = await WebAssembly.instantiate(await readFile(file), {});
const { cases, failures, text, text_length, memory } = instance.exports;
const started = performance.now();
const [asked, failed] = [cases(), failures()];
const took = (performance.now() - started).toFixed(0);
if (failed > 0) {
  console.log(new TextDecoder().decode(new Uint8Array(memory.buffer, text(), text_length())));
}
console.log(`${asked} cases in WebAssembly, ${failed} failed, ${took} ms`);
process.exit(failed === 0 && asked > 0 ? 0 : 1);
