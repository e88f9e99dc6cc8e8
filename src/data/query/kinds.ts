// What kinds of values there are in a query, whatever their columns are called.
import type { FieldType } from '../../model/field.ts';

/** What a value is, for the rules of comparison. */
export type Kind =
  | 'text'
  | 'number'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'time'
  | 'point'
  | 'shape'
  /** A text that holds JSON, to be given as what it says. */
  | 'json'
  /** Points, whose convex hull is the answer. */
  | 'envelope'
  /** {cluster_centroid: {lat, lon}}. */
  | 'cluster';

export const kinds: Readonly<Record<FieldType, Kind>> = {
  string: 'text',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  time: 'time',
  geopoint: 'point',
  geojson: 'shape',
};
