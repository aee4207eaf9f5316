// node program.js net.pth
import { trainAndRead } from './train-and-read.js';

console.log(JSON.stringify(await trainAndRead(process.argv[2])));
