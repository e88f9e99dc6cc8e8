// The verbs of the first search interface; all of them only read. Permission is asked by the verbs of the catalogue that each begins with.
export { analyze } from './analyze.ts';
export { readDataset, searchDatasets } from './datasets.ts';
export { downloadFormat, downloadRows } from './download.ts';
export { boundingbox, geocluster, geopolygon, geopreview } from './places.ts';
export { readRow, searchRows, streamRecords } from './rows.ts';
