// The tables of looks and of the territory's drawing, as queries see them; made by migrations/0060-face.ts.
import type { ColumnType, Generated } from 'kysely';

export type FaceTable = {
  owner: string;
  organization: string | null;
  ground: string | null;
  accent: string | null;
  logo: Buffer | null;
  logo_type: string | null;
  photo: Buffer | null;
  photo_type: string | null;
  photo_text: string | null;
  photo_credit: string | null;
  mission: string | null;
  contact_name: string | null;
  contact_email: string | null;
  contact_phone: string | null;
  contact_delay: string | null;
  host: string | null;
  revision: Generated<number>;
  changed_by: string;
  changed_at: Date;
};

export type DrawingTable = {
  only_one: Generated<boolean>;
  dataset_id: string;
  version_number: number;
  modified_at: Date;
  title: string;
  source: string | null;
  drawing: ColumnType<unknown, string, string>;
};

export type FaceTables = { readonly face: FaceTable; readonly drawing: DrawingTable };
