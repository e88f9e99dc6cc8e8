// One reader per format: to read one more, add its line here.
import type { TableEngine } from '../../stores/tables/engine.ts';
import type { DepositedFile, ParsedFile, Stage } from '../stages.ts';
import { readCalendar } from './calendar/read-calendar.ts';
import { readDelimited } from './delimited.ts';
import type { FormatName } from './formats.ts';
import { readGpx } from './geo/gpx.ts';
import { readKml, readKmz } from './geo/kml.ts';
import { readShapefile } from './geo/shapefile.ts';
import { gdalReader } from './geo/with-gdal.ts';
import { readJson } from './json/read-json.ts';
import { readJsonLines } from './json/read-lines.ts';
import { readParquet } from './parquet/read-parquet.ts';
import type { Glance } from './read-along.ts';
import { readExcelXml, readHtml } from './sheets/markup.ts';
import { readFlatOds, readOds } from './sheets/ods.ts';
import { workbookReader } from './sheets/workbook.ts';
import { readXls, readXlsb } from './sheets/xls.ts';
import { readXlsx } from './sheets/xlsx.ts';

export type ReadOptions = {
  /** An existing folder for rewritten copies. */
  readonly scratch: string;
  /** What was learnt of the bytes while they were received. */
  readonly glance?: Glance | null;
  /** The engine, for the formats that it alone reads (Parquet); without it they are refused. */
  readonly tables?: TableEngine | undefined;
  /** The producer publishes a document as it is: a file that is none is read as ever. */
  readonly asDocument?: boolean;
};

/** Reads a file of one format. Bad data never throws; a file that holds no table at all is a TerroirError file.*. */
export type Reader = (file: DepositedFile, options: ReadOptions) => Promise<Stage<ParsedFile>>;

export const readers: Readonly<Partial<Record<FormatName, Reader>>> = {
  delimited: readDelimited,
  json: readJson,
  geojson: readJson,
  ndjson: readJsonLines,
  shapefile: readShapefile,
  geopackage: gdalReader('geopackage'),
  gml: gdalReader('gml'),
  mapinfo: gdalReader('mapinfo'),
  dxf: gdalReader('dxf'),
  flatgeobuf: gdalReader('flatgeobuf'),
  kml: readKml,
  kmz: readKmz,
  gpx: readGpx,
  icalendar: readCalendar,
  parquet: readParquet,
  xlsx: workbookReader('xlsx', readXlsx),
  xlsb: workbookReader('xlsb', readXlsb),
  xls: workbookReader('xls', readXls),
  ods: workbookReader('ods', readOds),
  'flat-ods': workbookReader('fods', readFlatOds),
  'excel-xml': workbookReader('xml', readExcelXml),
  html: workbookReader('html', readHtml),
};
