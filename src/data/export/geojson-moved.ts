// Rows as features in another system than degrees: what RFC 7946 (§4) leaves to those who agree, told by the "crs" of GeoJSON 2008.
import { ByteFile } from './byte-file.ts';
import { type ByteRequest, rowsOf } from './byte-format.ts';

/** Each row has one value: its properties, as the text of an object. */
export async function writeGeojson(request: ByteRequest): Promise<void> {
  const file = new ByteFile(request.path);
  try {
    const name = `urn:ogc:def:crs:EPSG::${request.epsg ?? 4326}`;
    const crs = JSON.stringify({ type: 'name', properties: { name } });
    file.write(Buffer.from(`{"type":"FeatureCollection","crs":${crs},"features":[\n`, 'utf8'));
    let comma = '';
    for await (const rows of rowsOf(request)) {
      const features = rows.map(({ place, values }) => {
        const written = `${comma}{"type":"Feature","geometry":${JSON.stringify(place)},"properties":${values[0]}}`;
        comma = ',\n';
        return written;
      });
      file.write(Buffer.from(features.join(''), 'utf8'));
    }
    file.write(Buffer.from('\n]}\n', 'utf8'));
  } finally {
    file.close();
  }
}
