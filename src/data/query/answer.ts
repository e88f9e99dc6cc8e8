// Values as answers tell them: moments in the zone asked for, shapes as features, hulls of points, JSON as what it says.
import type { GeoJsonGeometry } from '../../stores/tables/wkb.ts';
import { hullOf } from './hull.ts';
import type { Kind } from './kinds.ts';
import type { RecordsPlan } from './plan.ts';
import { inTimeZone } from './settings.ts';

/** A row of the engine as an object. */
export function recordOf(
  { columns, settings }: Pick<RecordsPlan, 'columns' | 'settings'>,
  row: readonly unknown[],
): Readonly<Record<string, unknown>> {
  const record: Record<string, unknown> = {};
  for (const [i, { name, kind }] of columns.entries()) record[name] = told(kind, row[i] ?? null, settings.timezone);
  return record;
}

function told(kind: Kind, value: unknown, timezone: string): unknown {
  if (value === null) return null;
  switch (kind) {
    case 'datetime':
      return typeof value === 'string' ? inTimeZone(value, timezone) : value;
    case 'shape':
      return feature(value as GeoJsonGeometry);
    case 'envelope': {
      const points = (value as readonly { readonly lon: number; readonly lat: number }[]).map(
        ({ lon, lat }) => [lon, lat] as const,
      );
      const hull = hullOf(points);
      return hull === null ? null : feature(hull);
    }
    case 'json':
      return parsed(value);
    default:
      return value;
  }
}

/** A shape is a feature of its own in this API. */
function feature(geometry: GeoJsonGeometry) {
  return { type: 'Feature', geometry, properties: {} };
}

function parsed(value: unknown): unknown {
  try {
    return JSON.parse(String(value)) as unknown;
  } catch {
    return value;
  }
}
