// Reads one shapefile to its clean copies, as a deposit does, and tells its time and the peak of its memory.
import { readShapefile } from '../src/data/parse/geo/shapefile.ts';

const [path = '', scratch = ''] = process.argv.slice(2);
const started = performance.now();
const { value } = await readShapefile({ name: 'shapes.zip', path, bytes: 0, sha256: '' }, { scratch });
const rows = value.tables.reduce((sum, table) => sum + table.source.records, 0);
const seconds = (performance.now() - started) / 1000;
console.log(JSON.stringify({ rows, seconds, peakMegabytes: process.resourceUsage().maxRSS / 1024 }));
